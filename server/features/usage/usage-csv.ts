import type { UsageQuery, UsageReport, UsageRow } from '#server/contract/usage-report.ts';

/** Without it, spreadsheets do not take a file for UTF-8. */
const byteOrderMark = '\ufeff';

/**
 * A report as CSV (RFC 4180), its total last. Pure.
 *
 * A text that a spreadsheet would take for a formula gets an apostrophe before it (OWASP, CSV injection): names come from
 * people.
 */
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
  const lines = [head.join(','), ...[...rows, total].map(toLine)];
  return `${byteOrderMark}${lines.join('\r\n')}\r\n`;
}

function toLine({ label, group, runs, usage, costUsd, runsWithUnknownCost }: UsageRow): string {
  const { inputTokens, outputTokens, cachedInputTokens, reasoningTokens } = usage;
  const numbers = [runs, inputTokens, outputTokens, cachedInputTokens, reasoningTokens];
  return [
    toCell(label),
    toCell(group),
    ...numbers,
    // Nine decimals are what is stored; an exponent is not a number everywhere.
    costUsd.toFixed(9).replace(/\.?0+$/, ''),
    runsWithUnknownCost,
  ].join(',');
}

function toCell(text: string): string {
  const safe = /^[\s]*[=+\-@|%\t\r\n＝＋－＠]/u.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
