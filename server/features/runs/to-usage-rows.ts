import { sumByModel, sumOwn, type UsageSum, type UsedRun } from './sum-up.ts';

/** The columns of what was used. Pure, as all here. */
export const toUsageColumns = ({ usage, costUsd, costIsPartial }: UsageSum) => ({
  input_tokens: usage.inputTokens,
  output_tokens: usage.outputTokens,
  cached_input_tokens: usage.cachedInputTokens,
  reasoning_tokens: usage.reasoningTokens,
  cost_usd: costUsd,
  cost_is_partial: costIsPartial,
});

/** Rows of `run_usage`, for `insertModelUsage`. */
export const toModelRows = (run: UsedRun & { id: string }) =>
  sumByModel(run).map(({ model, payer, ...sum }) => ({
    run_id: run.id,
    model,
    payer_id: payer,
    ...toUsageColumns(sum),
  }));

/** What counts towards the run's key: not what somebody else pays for. */
export function toKeySpending(run: Omit<UsedRun, 'model'>) {
  const { usage, costUsd } = sumOwn(run);
  return { tokens: usage.inputTokens + usage.outputTokens, cost: costUsd ?? 0 };
}
