import type { RunEvent, RunEventOf, Usage } from '#server/contract/run-event.ts';

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

export type UsageSum = { usage: Usage; costUsd: number | null };

/** The sum over all model calls; the cost is unknown as soon as one call's is. */
export function sumUsage(events: readonly RunEvent[]): UsageSum {
  const usage: Usage = { inputTokens: 0, outputTokens: 0, cachedInputTokens: 0, reasoningTokens: 0 };
  let costUsd: number | null = 0;
  for (const event of events) {
    if (event.type !== 'usage') continue;
    usage.inputTokens += event.usage.inputTokens;
    usage.outputTokens += event.usage.outputTokens;
    usage.cachedInputTokens += event.usage.cachedInputTokens;
    usage.reasoningTokens += event.usage.reasoningTokens;
    costUsd = costUsd === null || event.costUsd === null ? null : costUsd + event.costUsd;
  }
  return { usage, costUsd };
}

/** What each model took, where that was not the run's own model alone: then its whole sum says it, and this is empty. */
export function sumByModel(events: readonly RunEvent[], own: string): (UsageSum & { model: string })[] {
  const used = events.filter((event) => event.type === 'usage');
  if (used.every(({ model }) => model === own)) return [];
  const models = new Set(used.map(({ model }) => model));
  return [...models].map((model) => ({ model, ...sumUsage(used.filter((event) => event.model === model)) }));
}
