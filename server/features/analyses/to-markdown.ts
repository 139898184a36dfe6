import { toAnalysisTables } from '#server/contract/analysis-tables.ts';
import type { Analysis } from '#server/contract/analysis.ts';
import type { ReportBlock } from '#server/contract/report-block.ts';

const words = {
  en: { profile: 'Profile', forecast: 'Forecast', indicators: 'Indicators', notes: 'What to know', sql: 'SQL' },
  zh: { profile: '数据概况', forecast: '预测', indicators: '指标', notes: '须知', sql: 'SQL' },
};

type Language = 'en' | 'zh';

/** An analysis as a report for people. What strangers wrote is stripped of marks, so it cannot pass for the report's own. */
export const toMarkdown = (analysis: Analysis, language: Language): string =>
  [toHead(analysis, language), toTables(analysis, language), toFoot(analysis, language)].join('\n');

/** The same report for paper, with its charts. */
export const toReportBlocks = (analysis: Analysis, charts: ReportBlock[], language: Language): ReportBlock[] => [
  { kind: 'text', markdown: toHead(analysis, language) },
  ...charts,
  { kind: 'text', markdown: toTables(analysis, language) },
  { kind: 'text', markdown: toFoot(analysis, language) },
];

function toTables({ report }: Analysis, language: Language): string {
  const tables = toAnalysisTables(report, language).flatMap((table) => [
    `## ${escape(table.title)}`,
    '',
    `| ${table.columns.map(escape).join(' | ')} |`,
    `| ${table.columns.map(() => '---').join(' | ')} |`,
    ...table.rows.map((row) => `| ${row.map(escape).join(' | ')} |`),
    '',
  ]);
  return tables.join('\n');
}

function toHead({ title, kind, report, createdAt }: Analysis, language: Language): string {
  const said = words[language];
  return [
    `# ${said[kind]}: ${escape(title)}`,
    '',
    createdAt.slice(0, 10),
    '',
    ...report.summary.map((sentence) => `- ${escape(sentence[language])}`),
    '',
    ...(report.notes.length === 0
      ? []
      : [`## ${said.notes}`, '', ...report.notes.map(({ text }) => `- ${escape(text[language])}`), '']),
  ].join('\n');
}

function toFoot({ report }: Analysis, language: Language): string {
  const sql = report.kind === 'profile' ? null : report.series.sql;
  return sql === null ? '' : [`## ${words[language].sql}`, '', ...toFence(sql), ''].join('\n');
}

/** A block whose fence is longer than any in the text. */
function toFence(sql: string): string[] {
  const longest = Math.max(2, ...[...sql.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return [fence, sql, fence];
}

// Within a word an underscore is no mark, and part of most names of columns and functions.
const escape = (text: string) => text.replaceAll(/[\\`*[\]<>#|\n]|(?<![\p{L}\d_])_+|_+(?![\p{L}\d_])/gu, ' ');
