import { chartLook } from './chart-look.ts';
import { chartPalette } from './chart-palette.ts';
import { type AuditFinding, FindingSeverity } from './contract-audit.ts';
import type { JsonObject } from './json.ts';
import type { LocalizedText } from './localized-text.ts';
import { severityNames } from './severity-names.ts';

export type AuditChart = { id: string; title: LocalizedText; specification: JsonObject };

const mostKinds = 15;
const barPixels = 16;
const linePixels = 15;
/** As many characters as a phone shows in a line. */
const lineLength = 50;
const [, high, , critical, medium, , gas, low] = chartPalette.series;
const colours: Record<FindingSeverity, string> = { critical, high, medium, low, gas };

/** The charts of an audit, as Vega-Lite specifications with their data inline; none where nothing was found. */
export function toAuditCharts(findings: readonly AuditFinding[], language: keyof LocalizedText): AuditChart[] {
  if (findings.length === 0) return [];
  const found = FindingSeverity.options.filter((severity) => findings.some((finding) => finding.severity === severity));
  const color = {
    field: 'severity',
    type: 'nominal',
    title: null,
    scale: {
      domain: found.map((severity) => severityNames[severity][language]),
      range: found.map((severity) => colours[severity]),
    },
  };
  const x = {
    field: 'count',
    type: 'quantitative',
    title: language === 'zh' ? '发现数' : 'findings',
    axis: { tickMinStep: 1, format: 'd' },
  };
  const draw = (rows: JsonObject[], rest: JsonObject): JsonObject => ({
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    config: { ...chartLook, lineBreak: '\n' },
    width: 640,
    data: { values: rows },
    ...rest,
  });
  const bySeverity = FindingSeverity.options.map((severity) => ({
    severity: severityNames[severity][language],
    count: findings.filter((finding) => finding.severity === severity).length,
  }));
  const kinds = countKinds(findings, language);
  const names = [...new Set(kinds.map(({ kind }) => kind))].map((kind) => ({ kind, lines: toLines(kind) }));
  const namePixels = linePixels * Math.max(...names.map(({ lines }) => lines.split('\n').length));
  const y = { field: 'kind', type: 'nominal', sort: names.map(({ kind }) => kind), axis: null };
  return [
    {
      id: 'severity',
      title: { en: 'Findings by severity', zh: '按严重程度统计的发现' },
      specification: draw(bySeverity, {
        height: { step: 28 },
        mark: 'bar',
        encoding: {
          x,
          y: { field: 'severity', type: 'nominal', sort: null, title: null },
          color: { ...color, legend: null },
        },
      }),
    },
    {
      id: 'kinds',
      title: { en: 'Findings by kind of weakness', zh: '按弱点种类统计的发现' },
      // Names are sentences: beside the bars they would be cut, or leave a phone no bars.
      specification: draw(kinds, {
        height: { step: namePixels + barPixels + 14 },
        layer: [
          {
            mark: { type: 'bar', height: barPixels, yOffset: namePixels / 2 },
            encoding: {
              x,
              y,
              color: { ...color, legend: { orient: 'top', columns: 3 } },
              order: { field: 'rank', type: 'quantitative' },
            },
          },
          {
            data: { values: names },
            mark: { type: 'text', align: 'left', baseline: 'top', fontSize: 12, dy: 4 },
            encoding: { x: { value: 0 }, y: { ...y, bandPosition: 0 }, text: { field: 'lines' } },
          },
        ],
      }),
    },
  ];
}

/** A row for each severity that a kind was found with; the most frequent kinds first. */
function countKinds(findings: readonly AuditFinding[], language: keyof LocalizedText) {
  const kinds = [...new Set(findings.map(({ title }) => title[language]))];
  return kinds
    .map((kind) => ({ kind, found: findings.filter(({ title }) => title[language] === kind) }))
    .toSorted((one, other) => other.found.length - one.found.length)
    .slice(0, mostKinds)
    .flatMap(({ kind, found }) =>
      FindingSeverity.options.flatMap((severity, rank) => {
        const count = found.filter((finding) => finding.severity === severity).length;
        return count === 0 ? [] : [{ kind, severity: severityNames[severity][language], rank, count }];
      }),
    );
}

/** Chinese has no spaces to end a line at, and is short. */
const toLines = (name: string) => name.replaceAll(new RegExp(`(?=.{${lineLength}})(.{1,${lineLength}}) `, 'g'), '$1\n');
