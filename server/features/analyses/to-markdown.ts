import { toAnalysisTables } from '#server/contract/analysis-tables.ts';
import { toAnalysisCharts } from '#server/contract/analysis-charts.ts';
import type { Analysis } from '#server/contract/analysis.ts';
import type { ReportBlock } from '#server/contract/report-block.ts';

const words = {
  en: { profile: 'Profile', forecast: 'Forecast', indicators: 'Indicators', notes: 'What to know', sql: 'SQL' },
  zh: { profile: '数据概况', forecast: '预测', indicators: '指标', notes: '须知', sql: 'SQL' },
};

type Language = 'en' | 'zh';

/** An analysis as a report for people. What strangers wrote is stripped of marks, so it cannot pass for the report's own. */
export function toMarkdown(analysis: Analysis, language: Language): string {
  return [
    toHead(analysis, language),
    ...toAnalysisTables(analysis.report, language).flatMap((table) => [
      `## ${escape(table.title)}`,
      '',
      `| ${table.columns.map(escape).join(' | ')} |`,
      `| ${table.columns.map(() => '---').join(' | ')} |`,
      ...table.rows.map((row) => `| ${row.map(escape).join(' | ')} |`),
      '',
    ]),
    toFoot(analysis, language),
  ].join('\n');
}

/**
 * The same report for paper, with its charts.
 *
 * @param pictures - the charts as SVG, in their order
 */
export function toReportBlocks(analysis: Analysis, pictures: string[], language: Language): ReportBlock[] {
  const { report } = analysis;
  const charts = toAnalysisCharts(report, language).flatMap(({ title }, index): ReportBlock[] => {
    const svg = pictures[index];
    const text: ReportBlock = { kind: 'text', markdown: `### ${escape(title[language])}` };
    return svg === undefined ? [] : [text, { kind: 'picture', svg }];
  });
  const tables = toAnalysisTables(report, language).flatMap(({ title, columns, rows }): ReportBlock[] => [
    { kind: 'text', markdown: `## ${escape(title)}` },
    { kind: 'table', columns, rows },
  ]);
  return [
    { kind: 'text', markdown: toHead(analysis, language) },
    ...charts,
    ...tables,
    { kind: 'text', markdown: toFoot(analysis, language) },
  ];
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

const escape = (text: string) => text.replaceAll(/[\\`*_[\]<>#|\n]/g, ' ');
