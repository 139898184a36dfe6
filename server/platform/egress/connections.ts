import { Agent, Pool } from 'undici';
import type { Dispatcher } from 'undici';
import { createCheckedLookup } from './checked-lookup.ts';
import type { Lookup } from './checked-lookup.ts';
import type { createTargetCheck } from './check-target.ts';
import type { TimeLimits } from './create-egress.ts';

type Needs = {
  lookup: Lookup;
  checkTarget: ReturnType<typeof createTargetCheck>;
  limits: TimeLimits;
  maximumConcurrent: number | null;
};

/** Keeps connections alive per origin; each new one resolves and checks its name again. */
export function createConnections({ lookup, checkTarget, limits, maximumConcurrent }: Needs): Dispatcher {
  return new Agent({
    factory: (origin) => {
      const target = checkTarget(new URL(origin));
      return new Pool(target.origin, {
        connections: maximumConcurrent,
        connect: { timeout: limits.connectMs, lookup: createCheckedLookup(lookup, target) },
        headersTimeout: limits.headersMs,
        bodyTimeout: limits.idleMs,
      });
    },
  });
}
