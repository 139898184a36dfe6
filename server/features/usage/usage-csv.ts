import { byteOrderMark, type CsvCell, toCsv } from '#server/contract/to-csv.ts';
import type { UsageQuery, UsageReport, UsageRow } from '#server/contract/usage-report.ts';

/** A report as a CSV file, its total last. Pure. */
export function toUsageCsv({ rows, total }: UsageReport, groupBy: UsageQuery['groupBy']): string {
  const head = [
    groupBy,
    'id',
    'runs',
    'input_tokens',
    'output_tokens',
    'cached_input_tokens',
    'reasoning_tokens',
    'cost_usd',
    'runs_with_unknown_cost',
  ];
  return byteOrderMark + toCsv([head, ...[...rows, total].map(toRow)]);
}

function toRow({ label, group, runs, usage, costUsd, runsWithUnknownCost }: UsageRow): CsvCell[] {
  const { inputTokens, outputTokens, cachedInputTokens, reasoningTokens } = usage;
  // Nine decimals are what is stored; an exponent is not a number everywhere.
  const cost = costUsd.toFixed(9).replace(/\.?0+$/, '');
  const tokens = [inputTokens, outputTokens, cachedInputTokens, reasoningTokens];
  return [label, group, runs, ...tokens, cost, runsWithUnknownCost];
}
