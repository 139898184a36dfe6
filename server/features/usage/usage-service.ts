import type { Actor } from '#server/contract/actor.ts';
import type { UsageQuery, UsageReport } from '#server/contract/usage-report.ts';
import { HubError } from '#server/hub-error.ts';
import { canReadEverybodysUsage } from './usage-policy.ts';
import type { UsageRepository } from './usage-repository.ts';

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
      if (query.person === 'all' && !canReadEverybodysUsage(actor)) {
        throw new HubError('forbidden', 'Only administrators see everybody’s usage.');
      }
      const userId = query.person === 'all' ? null : actor.userId;
      const { rows, total } = await repository.sumRuns({ from, to, groupBy: query.groupBy, userId });
      return { from: from.toISOString(), to: to.toISOString(), rows, total };
    },
  };
}
export type UsageService = ReturnType<typeof createUsageService>;
