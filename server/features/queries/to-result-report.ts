import type { Execution, ResultPage } from '#server/contract/execution.ts';
import type { ReportBlock } from '#server/contract/report-block.ts';

export const mostReportRows = 100;
const mostReportColumns = 8;

const words = {
  en: {
    result: 'Result of a query',
    ran: 'Run',
    reads: 'Reads',
    parameters: 'Parameters',
    cut: 'The query had more rows than a result may have; these are the first of them.',
    rows: (shown: number, total: number) => `${shown} of ${total} rows`,
    columns: (shown: number, total: number) => `${shown} of ${total} columns`,
  },
  zh: {
    result: '查询结果',
    ran: '运行时间',
    reads: '读取',
    parameters: '参数',
    cut: '查询的行数超过结果上限，此处为最前面的行。',
    rows: (shown: number, total: number) => `${shown} / ${total} 行`,
    columns: (shown: number, total: number) => `${shown} / ${total} 列`,
  },
};

type Material = {
  execution: Execution;
  page: ResultPage;
  title: string;
  /** The chart as SVG; null where there is none. */
  picture: string | null;
  language: 'en' | 'zh';
};

/** A result as a report: when it was run and on what, its chart, its first rows, and the SQL. */
export function toResultReport({ execution, page, title, picture, language }: Material): ReportBlock[] {
  const say = words[language];
  const { startedAt, engine, reads, parameters, isCut, sql } = execution;
  const columns = page.columns.slice(0, mostReportColumns).map(({ name }) => name);
  const read = reads.map(({ table, range }) => (range === null ? table : `${table} (${range})`));
  const bound = parameters.map(({ name, value }) => `${name} = ${value}`);
  const shown = [
    say.rows(page.rows.length, page.total),
    ...(columns.length < page.columns.length ? [say.columns(columns.length, page.columns.length)] : []),
  ];
  const head = [
    `# ${toLine(title === '' ? say.result : title)}`,
    `${say.ran}: ${startedAt.slice(0, 16).replace('T', ' ')} UTC · ${engine}`,
    ...(read.length === 0 ? [] : [`${say.reads}: ${toLine(read.join(', '))}`]),
    ...(bound.length === 0 ? [] : [`${say.parameters}: ${toLine(bound.join(', '))}`]),
    ...(isCut ? [say.cut] : []),
  ];
  return [
    { kind: 'text', markdown: head.join('\n') },
    ...(picture === null ? [] : [{ kind: 'picture' as const, svg: picture }]),
    { kind: 'table', columns, rows: page.rows.map((row) => row.slice(0, columns.length).map(toWord)) },
    { kind: 'text', markdown: `${shown.join(' · ')}\n\n## SQL\n${toFence(sql)}` },
  ];
}

const toLine = (text: string) => text.replaceAll(/\s+/g, ' ').trim();
const toWord = (value: unknown) =>
  value === null || value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value);

/** A block whose fence is longer than any in the SQL. */
function toFence(sql: string): string {
  const longest = Math.max(2, ...[...sql.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}\n${sql}\n${fence}`;
}
