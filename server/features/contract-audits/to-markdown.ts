import type { AuditFinding, AuditReport, ContractAudit } from '#server/contract/contract-audit.ts';
import type { ReportBlock } from '#server/contract/report-block.ts';
import { severityNames } from '#server/contract/severity-names.ts';
import { toUnreadWords } from '#server/contract/unread-source.ts';
import { reportWords } from './report-words.ts';

type Language = 'en' | 'zh';

/** An audit as a report for people. What strangers wrote stands in code, so it cannot pass for the report's own words. */
export const toMarkdown = (audit: ContractAudit, language: Language): string =>
  [...toOpening(audit, language), ...toBody(audit, language)].join('\n');

/** The same report for paper, with its charts. */
export const toReportBlocks = (audit: ContractAudit, charts: ReportBlock[], language: Language): ReportBlock[] => [
  { kind: 'text', markdown: toOpening(audit, language).join('\n') },
  ...charts,
  { kind: 'text', markdown: toBody(audit, language).join('\n') },
];

function toOpening({ title, report, createdAt }: ContractAudit, language: Language): string[] {
  const words = reportWords[language];
  return [
    `# ${words.title}: ${escape(title)}`,
    '',
    `${createdAt.slice(0, 10)} · ${words.lines(report.lines)} · ${report.contracts.map(toCode).join(', ')}`,
    ...(report.origin === null
      ? []
      : [
          '',
          `${words.origin(report.origin)} ${toCode(report.origin.address)}${report.origin.implementation === null ? '' : ` → ${toCode(report.origin.implementation)}`}`,
        ]),
    '',
    words.scope,
    '',
    ...listOpen(report, language),
  ];
}

function toBody({ report }: ContractAudit, language: Language): string[] {
  const words = reportWords[language];
  return [
    `## ${words.findings} (${report.findings.length})`,
    '',
    ...(report.findings.length === 0
      ? [words.nothing, '']
      : [
          `| ${words.columns.join(' | ')} |`,
          '| --- | --- | --- | --- |',
          ...report.findings.map(
            ({ id, severity, title: found, place }) =>
              `| ${id} | ${severityNames[severity][language]} | ${found[language]} | ${toCode(`${place.file}:${place.line}`)} |`,
          ),
          '',
        ]),
    ...report.findings.flatMap((finding) => toSection(finding, language)),
    ...listCompilation(report, language),
  ];
}

function toSection(finding: AuditFinding, language: Language): string[] {
  const words = reportWords[language];
  const { id, title, severity, confidence, weaknesses, rules, place, why, advice, patch } = finding;
  const inside = [finding.contract, finding.function].filter((name) => name !== null).join('.');
  return [
    `### ${id}. ${title[language]}`,
    '',
    [
      severityNames[severity][language],
      words.confidence[confidence],
      [...weaknesses, ...rules].join(', '),
      toCode(`${place.file}:${place.line}:${place.column}`),
      ...(inside === '' ? [] : [toCode(inside)]),
    ].join(' · '),
    '',
    why[language],
    '',
    `**${words.advice}** ${advice[language]}`,
    '',
    ...(patch === null
      ? []
      : [`**${patch.compiles === true ? words.patchCompiles : words.patch}**`, '', ...toBlock(patch.diff, 'diff'), '']),
  ];
}

function listOpen({ unread, missingImports, isCut }: AuditReport, language: Language): string[] {
  const words = reportWords[language];
  const open = [
    ...unread.map(
      ({ path, line, column, problem }) =>
        `- ${words.unread} ${toCode(`${path}:${line}:${column}`)}${language === 'zh' ? '：' : ': '}${toCode(toUnreadWords(problem)[language])}`,
    ),
    ...missingImports.map((path) => `- ${words.missing} ${toCode(path)}`),
    ...(isCut ? [`- ${words.cut}`] : []),
  ];
  return open.length === 0 ? [] : [`## ${words.open}`, '', ...open, ''];
}

function listCompilation({ compilation }: AuditReport, language: Language): string[] {
  const words = reportWords[language];
  const head = [`## ${words.compiler}`, ''];
  switch (compilation.status) {
    case 'not-run':
      return [...head, compilation.reason[language], ''];
    case 'failed':
      return [
        ...head,
        `${words.failed} (solc ${compilation.version})`,
        '',
        ...compilation.errors.flatMap((error) => toBlock(error)),
        '',
      ];
    case 'done':
      return [
        ...head,
        `solc ${compilation.version}`,
        '',
        ...compilation.contracts.flatMap(({ name, bytecodeBytes, storage }) => [
          `- ${toCode(name)}: ${words.bytes(bytecodeBytes)}`,
          ...storage.map(
            (entry) => `  - ${words.slot(entry.slot, entry.offset)}: ${toCode(`${entry.type} ${entry.name}`)}`,
          ),
        ]),
        '',
        ...compilation.warnings.flatMap((warning) => toBlock(warning)),
      ];
  }
}

// Within a word an underscore is no mark, and part of most names of columns and functions.
const escape = (text: string) => text.replaceAll(/[\\`*[\]<>#|\n]|(?<![\p{L}\d_])_+|_+(?![\p{L}\d_])/gu, ' ');
const toCode = (text: string) => `\`${text.replaceAll(/[`\n|]/g, ' ')}\``;

/** A block whose fence is longer than any in the text. */
function toBlock(text: string, language = ''): string[] {
  const fence = '`'.repeat(Math.max(3, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length + 1)));
  return [fence + language, text.trimEnd(), fence];
}
