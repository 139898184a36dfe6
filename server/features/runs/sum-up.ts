import type { RunEvent, RunEventOf, Usage } from '#server/contract/run-event.ts';
import { addCost, type Cost, noCost } from '#server/contract/cost.ts';

/** All that was answered. */
export function joinText(events: readonly RunEvent[]): string {
  let text = '';
  for (const event of events) if (event.type === 'text-delta') text += event.text;
  return text;
}

/** The last hand-over of a run: who answers since, in which version; null where there was none. */
export function findHandOver(events: readonly RunEvent[]): RunEventOf<'hand-over'> | null {
  return events.findLast((event) => event.type === 'hand-over') ?? null;
}

export type UsageSum = { usage: Usage } & Cost;

/** The sum over all model calls. */
export function sumUsage(events: readonly RunEvent[]): UsageSum {
  const usage: Usage = { inputTokens: 0, outputTokens: 0, cachedInputTokens: 0, reasoningTokens: 0 };
  let cost = noCost;
  for (const event of events) {
    if (event.type !== 'usage') continue;
    usage.inputTokens += event.usage.inputTokens;
    usage.outputTokens += event.usage.outputTokens;
    usage.cachedInputTokens += event.usage.cachedInputTokens;
    usage.reasoningTokens += event.usage.reasoningTokens;
    cost = addCost(cost, event.costUsd);
  }
  return { usage, ...cost };
}

/** A run or a look, with whose it is and the model that it began with. */
export type UsedRun = { events: readonly RunEvent[]; model: string; userId: string };

/**
 * What each model took, and who pays for it where somebody else does for a part of the run. Where the run's own model alone
 * was used, for its person, its whole sum says it, and this is empty.
 */
export function sumByModel({ events, model: own, userId }: UsedRun) {
  const used = events.filter((event) => event.type === 'usage');
  const hasPayers = used.some(({ payer = userId }) => payer !== userId);
  if (!hasPayers && used.every(({ model }) => model === own)) return [];
  const models = new Map(used.map(({ model, payer = userId }) => [model, payer]));
  return [...models].map(([model, payer]) => ({
    model,
    payer: hasPayers ? payer : null,
    ...sumUsage(used.filter((event) => event.model === model)),
  }));
}

/** What the run's person pays for of it. */
export const sumOwn = ({ events, userId }: Omit<UsedRun, 'model'>): UsageSum =>
  sumUsage(events.filter((event) => event.type !== 'usage' || (event.payer ?? userId) === userId));
