import { z } from 'zod';
import { ChartView } from './chart-view.ts';
import { TableRead } from './execution.ts';
import { Identifier, SearchText, Timestamp } from './identifier.ts';
import { LocalizedText } from './localized-text.ts';
import { PageQuery } from './page.ts';
import { SqlColumn, SqlParameter } from './sql.ts';
import { CronExpression, TimeZone } from './trigger.ts';

export const mostWidgets = 24;
export const mostParameters = 10;
export const gridColumns = 12;

/** Where a widget stands: columns and rows of the grid, from the left and the top. */
export const WidgetPlace = z.strictObject({
  x: z
    .number()
    .int()
    .min(0)
    .max(gridColumns - 1),
  y: z.number().int().min(0).max(500),
  w: z.number().int().min(1).max(gridColumns),
  h: z.number().int().min(1).max(20),
});
export type WidgetPlace = z.infer<typeof WidgetPlace>;

const WidgetId = z
  .string()
  .max(40)
  .regex(/^[a-zA-Z0-9-]+$/, 'Use letters, digits and hyphens.');
const Column = z.string().min(1).max(200);
const common = { id: WidgetId, title: z.string().trim().max(120).default(''), place: WidgetPlace };
/** The saved query whose result it shows. */
const query = Identifier;

export const TextWidget = z.strictObject({ ...common, kind: z.literal('text'), text: z.string().max(10_000) });
export const ChartWidget = z.strictObject({ ...common, kind: z.literal('chart'), query, view: ChartView });
export const TableWidget = z.strictObject({
  ...common,
  kind: z.literal('table'),
  query,
  /** Those that are shown; none: all. */
  columns: z.array(Column).max(50).default([]),
});
export const CounterWidget = z.strictObject({
  ...common,
  kind: z.literal('counter'),
  query,
  /** Its value in the first row is shown. */
  column: Column,
  /** What it is compared with: the refresh before, or the second row. */
  compare: z.enum(['none', 'refresh', 'row']).default('refresh'),
  unit: z.string().trim().max(20).default(''),
});

export const DashboardWidget = z.discriminatedUnion('kind', [TextWidget, ChartWidget, TableWidget, CounterWidget]);
export type DashboardWidget = z.infer<typeof DashboardWidget>;
/** A widget that shows a result. */
export type DataWidget = Exclude<DashboardWidget, { kind: 'text' }>;

const Widgets = z
  .array(DashboardWidget)
  .max(mostWidgets)
  .refine(
    (widgets) => new Set(widgets.map(({ id }) => id)).size === widgets.length,
    'Each widget needs an id of its own.',
  );
/** Values for the parameters of the queries, the same for all widgets. Others than the owner choose among an `enum`. */
const Parameters = z
  .array(SqlParameter)
  .max(mostParameters)
  .refine((all) => new Set(all.map(({ name }) => name)).size === all.length, 'Name each parameter once.');

/** What a dashboard shows, as it is stored. */
export const DashboardContent = z.object({ widgets: z.array(DashboardWidget), parameters: z.array(SqlParameter) });
export type DashboardContent = z.infer<typeof DashboardContent>;

/** Who sees it besides its owner, not counting its public link. */
export const DashboardAccess = z.enum(['private', 'hub']);
export type DashboardAccess = z.infer<typeof DashboardAccess>;

/** When its queries are run again by themselves, every five minutes at most. */
export const RefreshSchedule = z.strictObject({ cron: CronExpression, timeZone: TimeZone });
export type RefreshSchedule = z.infer<typeof RefreshSchedule>;

export const Dashboard = z.object({
  id: Identifier,
  name: z.string(),
  description: z.string(),
  access: DashboardAccess,
  owner: z.object({ id: z.string(), name: z.string() }),
  /** Its ETag. */
  revision: z.number().int(),
  widgets: z.array(DashboardWidget),
  parameters: z.array(SqlParameter),
  schedule: RefreshSchedule.nullable(),
  nextRefreshAt: Timestamp.nullable(),
  refreshedAt: Timestamp.nullable(),
  isRefreshing: z.boolean(),
  /** Whoever knows it reads the stored results at `/d/<link>`; only its owner is told. */
  link: z.string().nullable(),
  createdAt: Timestamp,
  updatedAt: Timestamp,
  can: z.object({ edit: z.boolean() }),
});
export type Dashboard = z.infer<typeof Dashboard>;

export const DashboardSummary = Dashboard.omit({ widgets: true, parameters: true, link: true }).extend({
  widgetCount: z.number().int(),
  isPublic: z.boolean(),
});
export type DashboardSummary = z.infer<typeof DashboardSummary>;

export const CreateDashboardInput = z.strictObject({
  name: z.string().trim().min(1).max(120),
  description: z.string().trim().max(2000).default(''),
  access: DashboardAccess.default('private'),
  widgets: Widgets.default([]),
  parameters: Parameters.default([]),
  schedule: RefreshSchedule.nullable().default(null),
});
export type CreateDashboardInput = z.infer<typeof CreateDashboardInput>;

/** What is left out stays as it is. */
export const UpdateDashboardInput = z.strictObject({
  name: CreateDashboardInput.shape.name.optional(),
  description: z.string().trim().max(2000).optional(),
  access: DashboardAccess.optional(),
  widgets: Widgets.optional(),
  parameters: Parameters.optional(),
  schedule: RefreshSchedule.nullable().optional(),
});
export type UpdateDashboardInput = z.infer<typeof UpdateDashboardInput>;

/** A widget to put at the end, of a saved query, or of an execution whose SQL is saved as a query first. */
export const AddWidgetInput = z
  .strictObject({
    query: Identifier.optional(),
    execution: Identifier.optional(),
    title: z.string().trim().min(1).max(120),
    show: z.discriminatedUnion('kind', [
      ChartWidget.pick({ kind: true, view: true }),
      TableWidget.pick({ kind: true, columns: true }),
      CounterWidget.pick({ kind: true, column: true, compare: true, unit: true }),
    ]),
  })
  .refine(
    ({ query: saved, execution }) => (saved === undefined) !== (execution === undefined),
    'Send either "query" or "execution".',
  );
export type AddWidgetInput = z.infer<typeof AddWidgetInput>;

export const DashboardListQuery = PageQuery.extend({
  /** One's own, or what everybody on the hub sees. */
  of: z.enum(['mine', 'hub']).default('mine'),
  search: SearchText.default(''),
});
export type DashboardListQuery = z.infer<typeof DashboardListQuery>;

export const ParameterValues = z.record(z.string().max(60), z.string().max(10_000));
export type ParameterValues = z.infer<typeof ParameterValues>;

export const RefreshDashboardInput = z.strictObject({
  values: ParameterValues.default({}),
  /** How long the answer waits for the end. */
  waitSeconds: z.number().int().min(0).max(30).default(0),
});
export type RefreshDashboardInput = z.infer<typeof RefreshDashboardInput>;

/** Which values the results are of: a JSON object of names and texts; those left out have their default. */
export const DashboardValuesQuery = z.object({ values: z.string().max(20_000).optional() });

/** The last result of a widget, as it is stored. */
export const StoredResult = z.object({
  columns: z.array(SqlColumn),
  rows: z.array(z.array(z.unknown())),
  /** Rows of the whole result, of which the first are stored. */
  total: z.number().int(),
  reads: z.array(TableRead),
  /** Why there is none, in the engine's words. */
  fault: z.string().nullable(),
  /** `fault` in the languages of the page; older ones were said in English alone. */
  faultWords: LocalizedText.nullable().default(null),
  sql: z.string(),
  durationMs: z.number().int().nullable(),
  /** What a counter said the refresh before. */
  previous: z.string().nullable(),
});
export type StoredResult = z.infer<typeof StoredResult>;

/** What a widget shows: null without a result of these values yet. */
export const WidgetResult = StoredResult.omit({ sql: true }).extend({
  widget: z.string(),
  /** The SQL; only its owner is told. */
  sql: z.string().nullable(),
  asOf: Timestamp,
});
export type WidgetResult = z.infer<typeof WidgetResult>;

export const DashboardResults = z.object({
  isRefreshing: z.boolean(),
  refreshedAt: Timestamp.nullable(),
  items: z.array(WidgetResult),
});
export type DashboardResults = z.infer<typeof DashboardResults>;

/** What everybody with its link reads: no queries, no owner, no SQL. */
export const PublicDashboard = Dashboard.pick({
  name: true,
  description: true,
  parameters: true,
  refreshedAt: true,
}).extend({
  widgets: z.array(
    z.discriminatedUnion('kind', [
      TextWidget,
      ChartWidget.omit({ query: true }),
      TableWidget.omit({ query: true }),
      CounterWidget.omit({ query: true }),
    ]),
  ),
  items: z.array(WidgetResult),
});
export type PublicDashboard = z.infer<typeof PublicDashboard>;
