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

/** The sum over all model calls; the cost is unknown as soon as one call's is. */
export function sumUsage(events: readonly RunEvent[]): { usage: Usage; costUsd: number | null } {
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
