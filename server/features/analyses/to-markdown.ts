import { toAnalysisTables } from '#server/contract/analysis-tables.ts';
import type { Analysis } from '#server/contract/analysis.ts';

const words = {
  en: { profile: 'Profile', forecast: 'Forecast', indicators: 'Indicators', notes: 'What to know', sql: 'SQL' },
  zh: { profile: '数据概况', forecast: '预测', indicators: '指标', notes: '须知', sql: 'SQL' },
};

/** An analysis as a report for people. What strangers wrote is stripped of marks, so it cannot pass for the report's own. */
export function toMarkdown({ title, kind, report, createdAt }: Analysis, language: 'en' | 'zh'): string {
  const said = words[language];
  const sql = report.kind === 'profile' ? null : report.series.sql;
  return [
    `# ${said[kind]}: ${escape(title)}`,
    '',
    createdAt.slice(0, 10),
    '',
    ...report.summary.map((sentence) => `- ${escape(sentence[language])}`),
    '',
    `## ${said.notes}`,
    '',
    ...report.notes.map(({ text }) => `- ${escape(text[language])}`),
    '',
    ...toAnalysisTables(report, language).flatMap((table) => [
      `## ${escape(table.title)}`,
      '',
      `| ${table.columns.map(escape).join(' | ')} |`,
      `| ${table.columns.map(() => '---').join(' | ')} |`,
      ...table.rows.map((row) => `| ${row.map(escape).join(' | ')} |`),
      '',
    ]),
    ...(sql === null ? [] : [`## ${said.sql}`, '', '````sql', sql.replaceAll('````', ''), '````', '']),
  ].join('\n');
}

const escape = (text: string) => text.replaceAll(/[\\`*_[\]<>#|\n]/g, ' ');
