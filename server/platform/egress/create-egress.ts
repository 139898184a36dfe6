import { createBufferedFetch } from './buffered-fetch.ts';
import { createTargetCheck, parseUrl } from './check-target.ts';
import { lookupInSystem } from './checked-lookup.ts';
import type { Lookup } from './checked-lookup.ts';
import { createConnections } from './connections.ts';
import { createStreamingFetch } from './streaming-fetch.ts';

/** How long a connection, the headers after it, and the next piece of a body may take. */
export type TimeLimits = { connectMs: number; headersMs: number; idleMs: number };

type Options = {
  /** `host:port` entries that an administrator allows, e.g. `127.0.0.1:11434`. */
  allowed: string[];
  /** Where the hub itself is reached, for traffic that must not come back to it. */
  itself?: string[];
  lookup?: Lookup;
  limits?: Partial<TimeLimits>;
  /** Bytes of one streamed answer. */
  maximumStreamBytes?: number;
  /** Requests under way at once to one origin; the others wait. No limit unless told. */
  maximumConcurrent?: number;
};

const usualLimits: TimeLimits = { connectMs: 10_000, headersMs: 300_000, idleMs: 120_000 };

export type Egress = ReturnType<typeof createEgress>;

/**
 * Makes the one client through which the hub speaks to other machines.
 *
 * Only public addresses are reached, and what an administrator allows. Names are resolved and checked once per connection,
 * which goes to the address that was checked; each redirect is checked like a first request. Failures are `HubError`s:
 * `egress_refused`, `unavailable` (its cause is named `TimeoutError` when an answer passed a time limit) or `payload_too_large`.
 *
 * @throws {Error} if an allowed entry is not a host and port
 */
export function createEgress({ allowed, itself, lookup, limits, maximumStreamBytes, maximumConcurrent }: Options) {
  const checkTarget = createTargetCheck(allowed, itself);
  const connections = createConnections({
    lookup: lookup ?? lookupInSystem,
    checkTarget,
    limits: { ...usualLimits, ...limits },
    maximumConcurrent: maximumConcurrent ?? null,
  });
  return {
    fetch: createBufferedFetch({ connections, checkTarget }),
    streamingFetch: createStreamingFetch({
      connections,
      checkTarget,
      maximumBytes: maximumStreamBytes ?? 64 * 1024 * 1024,
    }),
    /** Refuses early, for forms: the checks of a URL that need no network. */
    checkUrl: (url: string): void => void checkTarget(parseUrl(url)),
    /** Breaks what is under way and closes every connection. */
    close: () => connections.destroy(),
  };
}
