import type { Actor } from '#server/contract/actor.ts';
import type { UsageQuery, UsageReport } from '#server/contract/usage-report.ts';
import { HubError } from '#server/hub-error.ts';
import { canReadEverybodysUsage } from './usage-policy.ts';
import type { UsageRepository, UsageSubject } from './usage-repository.ts';

const usualSpanMs = 30 * 24 * 60 * 60 * 1000;

/** What runs used: tokens, cost of known prices, and how many runs have no known price. The last 30 days unless asked otherwise. */
export function createUsageService({ repository }: { repository: UsageRepository }) {
  return {
    async report(actor: Actor, query: UsageQuery): Promise<UsageReport> {
      const to = query.to === undefined ? new Date() : new Date(query.to);
      const from = query.from === undefined ? new Date(to.getTime() - usualSpanMs) : new Date(query.from);
      if (from >= to) {
        const errors = [{ path: 'query.from', message: 'Choose a time before "to".' }];
        throw new HubError('validation_failed', 'The span of time is empty.', { errors });
      }
      const subject = toSubject(actor, query);
      const { rows, total } = await repository.sumRuns({ from, to, groupBy: query.groupBy, subject });
      return { from: from.toISOString(), to: to.toISOString(), rows, total };
    },
  };
}
export type UsageService = ReturnType<typeof createUsageService>;

function toSubject(actor: Actor, { person, personId, groupBy }: UsageQuery): UsageSubject {
  const asksForOthers = person === 'all' || (personId !== undefined && personId !== actor.userId);
  if (asksForOthers && !canReadEverybodysUsage(actor)) {
    throw new HubError('forbidden', 'Only administrators see the usage of others.');
  }
  if (personId !== undefined) return { userId: personId };
  if (person === 'all') return null;
  if (person === 'me') return { userId: actor.userId };
  if (groupBy === 'person' || groupBy === 'key') {
    const errors = [
      { path: 'query.groupBy', message: 'Who uses your agents is not told. Group by day, agent or model.' },
    ];
    throw new HubError('validation_failed', 'What others use of your agents is told in sums only.', { errors });
  }
  return { othersWithAgentsOf: actor.userId };
}
