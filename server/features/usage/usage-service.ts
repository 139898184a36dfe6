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
        const message = { en: 'Choose a time before "to".', zh: '请选择早于“to”的时间。' };
        throw new HubError(
          'validation_failed',
          { en: 'The span of time is empty.', zh: '时间范围为空。' },
          { errors: [{ path: 'query.from', message }] },
        );
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
    throw new HubError('forbidden', {
      en: 'Only administrators see the usage of others.',
      zh: '只有管理员可以查看他人的用量。',
    });
  }
  if (personId !== undefined) return { userId: personId };
  if (person === 'all') return null;
  if (person === 'me') return { userId: actor.userId };
  if (groupBy === 'person' || groupBy === 'key') {
    const message = {
      en: 'Who uses your agents is not told. Group by day, agent or model.',
      zh: '不会透露谁在使用您的智能体。请按天、智能体或模型分组。',
    };
    throw new HubError(
      'validation_failed',
      { en: 'What others use of your agents is told in sums only.', zh: '他人对您的智能体的使用仅以总数显示。' },
      { errors: [{ path: 'query.groupBy', message }] },
    );
  }
  return { othersWithAgentsOf: actor.userId };
}
