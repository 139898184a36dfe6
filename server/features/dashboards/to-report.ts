import type { DashboardWidget, ParameterValues } from '#server/contract/dashboard.ts';
import type { ReportBlock } from '#server/contract/report-block.ts';
import type { DashboardRecord, ResultRecord } from './dashboard-repository.ts';
import { readFigure } from './refresh-dashboard.ts';

const mostTableRows = 100;
const mostTableColumns = 8;

const words = {
  en: {
    written: 'Written',
    refreshed: 'Last refresh',
    never: 'never',
    parameters: 'Parameters',
    asOf: 'As of',
    reads: 'Reads',
    rows: (shown: number, total: number) => `${shown} of ${total} rows`,
    none: 'There is no result of these values yet.',
    failed: 'The last refresh failed:',
    before: 'before:',
    sql: 'The SQL',
  },
  zh: {
    written: '生成时间',
    refreshed: '上次刷新',
    never: '从未',
    parameters: '参数',
    asOf: '数据时间',
    reads: '读取',
    rows: (shown: number, total: number) => `${shown} / ${total} 行`,
    none: '这些参数值还没有结果。',
    failed: '上次刷新失败：',
    before: '之前：',
    sql: 'SQL',
  },
};

const toMoment = (date: Date) => `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
const toWord = (value: unknown) =>
  value === null || value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value);

type Material = {
  dashboard: DashboardRecord;
  values: ParameterValues;
  results: ResultRecord[];
  /** Charts as SVG, by the widget. */
  pictures: ReadonlyMap<string, string>;
  isOwner: boolean;
  language: 'en' | 'zh';
  now: Date;
};

/** A dashboard as a report, in the order in which its widgets are read: from the top, then from the left. */
export function toReportBlocks({
  dashboard,
  values,
  results,
  pictures,
  isOwner,
  language,
  now,
}: Material): ReportBlock[] {
  const say = words[language];
  const chosen = Object.entries(values).map(([name, value]) => `${name} = ${value}`);
  const head = [
    `# ${dashboard.name}`,
    dashboard.description,
    `${say.written}: ${toMoment(now)}`,
    `${say.refreshed}: ${dashboard.refreshedAt === null ? say.never : toMoment(dashboard.refreshedAt)}`,
    ...(chosen.length === 0 ? [] : [`${say.parameters}: ${chosen.join(', ')}`]),
  ];
  const sorted = dashboard.content.widgets.toSorted(
    (one, other) => one.place.y - other.place.y || one.place.x - other.place.x,
  );
  const body = sorted.flatMap((widget): ReportBlock[] => {
    const title: ReportBlock = { kind: 'text', markdown: widget.title === '' ? '' : `\n## ${widget.title}` };
    if (widget.kind === 'text') return [title, { kind: 'text', markdown: widget.text }];
    const result = results.find(({ widgetId }) => widgetId === widget.id);
    if (result === undefined) return [title, { kind: 'text', markdown: say.none }];
    const { content, ranAt } = result;
    const fault = content.faultWords?.[language] ?? content.fault;
    const reads = content.reads.map(({ table, range }) => (range === null ? table : `${table} (${range})`));
    const facts = [
      `${say.asOf}: ${toMoment(ranAt)}`,
      ...(reads.length === 0 ? [] : [`${say.reads}: ${reads.join(', ')}`]),
      ...(widget.kind === 'table' ? [say.rows(Math.min(content.rows.length, mostTableRows), content.total)] : []),
    ];
    return [
      title,
      ...(fault === null ? [] : [{ kind: 'text' as const, markdown: `${say.failed} ${fault}` }]),
      ...toBody(widget, result, pictures, say.before),
      { kind: 'text', markdown: facts.join(' · ') },
      ...(isOwner ? [{ kind: 'text' as const, markdown: `### ${say.sql}\n${toFence(content.sql)}` }] : []),
    ];
  });
  return [{ kind: 'text', markdown: head.filter((line) => line !== '').join('\n') }, ...body];
}

function toBody(
  widget: Exclude<DashboardWidget, { kind: 'text' }>,
  { content }: ResultRecord,
  pictures: ReadonlyMap<string, string>,
  before: string,
): ReportBlock[] {
  if (content.columns.length === 0) return [];
  if (widget.kind === 'chart') {
    const svg = pictures.get(widget.id);
    return svg === undefined ? [] : [{ kind: 'picture', svg }];
  }
  if (widget.kind === 'counter') {
    const figure = readFigure(content, widget.column) ?? '–';
    const compared =
      widget.compare === 'refresh'
        ? content.previous
        : widget.compare === 'row'
          ? readFigure(content, widget.column, 1)
          : null;
    const unit = widget.unit === '' ? '' : ` ${widget.unit}`;
    return [
      { kind: 'text', markdown: `# ${figure}${unit}${compared === null ? '' : `\n(${before} ${compared}${unit})`}` },
    ];
  }
  return [
    {
      kind: 'table',
      columns: content.columns.slice(0, mostTableColumns).map(({ name }) => name),
      rows: content.rows.slice(0, mostTableRows).map((row) => row.slice(0, mostTableColumns).map(toWord)),
    },
  ];
}

function toFence(sql: string): string {
  const longest = Math.max(2, ...[...sql.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}\n${sql}\n${fence}`;
}
