import { z } from 'zod';
import { SqlText, type SqlParameter } from '#server/contract/sql.ts';

/** Rows of one answer at most; more come by `next_uri`. */
export const mostRows = 32_000;

const Value = z.union([z.string().max(10_000), z.number(), z.boolean()]);
const Values = z.union([z.record(z.string(), Value), z.array(z.unknown()).max(0)]).default({});

export const ExecuteSqlInput = z.object({
  sql: SqlText,
  query_parameters: Values,
  /** Taken and not looked at: there is one engine. */
  performance: z.string().max(20).optional(),
});
export const ExecuteQueryInput = z
  .object({ query_parameters: Values, performance: z.string().max(20).optional() })
  .prefault({});

export const ResultsQuery = z
  .looseObject({
    limit: z.coerce.number().int().min(1).optional(),
    offset: z.coerce.number().int().min(0).optional(),
    columns: z.string().max(2000).optional(),
    sort_by: z.string().max(500).optional(),
    filters: z
      .string()
      .max(4000)
      .optional()
      .describe('Such as `amount > 1000 AND project IN (...)`; no NOT, no expressions'),
    sample_count: z.coerce.number().int().min(1).optional(),
    allow_partial_results: z.string().max(10).optional().describe('Taken and not looked at: no result is partial'),
    ignore_max_datapoints_per_request: z.string().max(10).optional().describe('Taken and not looked at'),
  })
  .refine(
    ({ sample_count: sample, limit, offset, filters }) =>
      sample === undefined || (limit === undefined && offset === undefined && filters === undefined),
    { path: ['sample_count'], message: 'sample_count cannot be combined with limit, offset and filters' },
  );
export type ResultsQuery = z.infer<typeof ResultsQuery>;

const Parameter = z.object({
  key: z.string().max(60),
  type: z.enum(['text', 'number', 'datetime', 'date', 'enum']).default('text'),
  value: Value.default(''),
  enumOptions: z.array(z.string()).optional(),
});

const Parameters = z.union([z.array(Parameter), z.record(z.string(), Value)]);

export const CreateDuneQueryInput = z.object({
  name: z.string().trim().min(1).max(120),
  description: z.string().trim().max(2000).default(''),
  query_sql: SqlText,
  parameters: Parameters.default([]),
  query_parameters: Parameters.default([]),
  is_private: z.boolean().default(false),
});
export const UpdateDuneQueryInput = z.object({
  name: z.string().trim().min(1).max(120).optional(),
  description: z.string().trim().max(2000).optional(),
  query_sql: SqlText.optional(),
  parameters: Parameters.optional(),
  query_parameters: Parameters.optional(),
  is_private: z.boolean().optional(),
  is_archived: z.boolean().optional(),
});

const datetime = /^\d{4}-\d\d-\d\d[ T]\d\d:\d\d(?::\d\d)?$/;

/** Dune's own client makes a text of every value; one that reads the same as a number is one, and a date with a time is that. */
function toType(value: z.infer<typeof Value>): SqlParameter['type'] {
  if (typeof value === 'number') return 'number';
  if (typeof value === 'boolean') return 'text';
  if (/\d/.test(value) && String(Number(value)) === value) return 'number';
  return datetime.test(value) ? 'datetime' : 'text';
}

/** Values by name, for parameters whose type is not said: what looks like a number is one. */
export function toParameters(values: z.infer<typeof Values>): SqlParameter[] {
  if (Array.isArray(values)) return [];
  return Object.entries(values).map(([name, value]) => ({
    name,
    type: toType(value),
    value: String(value),
    options: [],
  }));
}

/** Parameters of a query that is saved, as Dune's clients write them. */
export function toDeclared(parameters: z.infer<typeof Parameters>): SqlParameter[] {
  if (!Array.isArray(parameters)) return toParameters(parameters);
  return parameters.map(({ key: name, type, value, enumOptions = [] }) => ({
    name,
    type: type === 'date' ? 'datetime' : type,
    value: String(value),
    options: enumOptions,
  }));
}

/** Values in the query of an address, as `params.name`. */
export const readValues = (query: ResultsQuery): Record<string, string> =>
  Object.fromEntries(
    Object.entries(query).flatMap(([key, value]) =>
      key.startsWith('params.') && typeof value === 'string' ? [[key.slice('params.'.length), value]] : [],
    ),
  );

/**
 * The parameters of a query after a change of some: those that are named by their values alone keep their types. Null: they
 * stay as they are. Dune's own client sends an empty list with every change.
 */
export function toChangedParameters(
  known: readonly SqlParameter[],
  { parameters = [], query_parameters: more = [] }: z.infer<typeof UpdateDuneQueryInput>,
): SqlParameter[] | null {
  const told = [...toDeclared(parameters), ...toDeclared(more)];
  if (told.length === 0) return null;
  const changed = told.map((one) => {
    const before = known.find(({ name }) => name === one.name);
    const isOnlyValue = !Array.isArray(parameters) || !Array.isArray(more);
    return before !== undefined && isOnlyValue ? { ...before, value: one.value } : one;
  });
  return [...known.filter(({ name }) => !changed.some((one) => one.name === name)), ...changed];
}
