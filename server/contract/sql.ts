import { z } from 'zod';
import { LocalizedText } from './localized-text.ts';

/** A column of a table or a result, with its type as DuckDB names it. */
export const SqlColumn = z.object({ name: z.string(), type: z.string() });
export type SqlColumn = z.infer<typeof SqlColumn>;

/** Types that a column of a dataset may be read as. */
export const ColumnType = z
  .string()
  .max(40)
  .regex(
    /^(?:VARCHAR|BOOLEAN|INTEGER|BIGINT|UBIGINT|HUGEINT|DOUBLE|DECIMAL\((?:[1-9]|[12]\d|3[0-8]),(?:\d|[12]\d|3[0-8])\)|DATE|TIME|TIMESTAMP|TIMESTAMP WITH TIME ZONE|UUID|JSON|BLOB)$/,
    'Choose a type such as VARCHAR, BIGINT, HUGEINT, DOUBLE, DECIMAL(38,18), BOOLEAN, DATE or TIMESTAMP.',
  );

/** The name of a table, as it stands in SQL without quotation marks. */
export const TableName = z
  .string()
  .max(63)
  .regex(/^[\p{Ll}\p{Lo}_][\p{Ll}\p{Lo}\p{N}_]*$/u, 'Use small letters, digits and "_", beginning with a letter.');

const ParameterName = z
  .string()
  .trim()
  .min(1)
  .max(60)
  .regex(/^[^{}]+$/, 'Leave out { and }.');

/**
 * A parameter of a query, written `{{name}}` or `:name` in its SQL; its value is bound and never becomes a part of it.
 *
 * `value` is the default of a saved query.
 */
export const SqlParameter = z.object({
  name: ParameterName,
  type: z.enum(['text', 'number', 'datetime', 'enum']).default('text'),
  value: z.string().max(10_000),
  /** The values that an `enum` may have. */
  options: z.array(z.string().max(200)).max(100).default([]),
});
export type SqlParameter = z.infer<typeof SqlParameter>;

export const SqlText = z.string().trim().min(1).max(100_000);

/**
 * Why a query gave no result, with its place in the SQL where one is known.
 *
 * `message` is the engine's own, in English.
 */
export const SqlFault = z.object({
  kind: z.enum([
    'syntax',
    'unknown_name',
    'parameter',
    'not_allowed',
    'failed',
    'too_slow',
    'too_much_memory',
    'too_large',
    'busy',
    'key_refused',
    'credits_spent',
    'unreachable',
    'interrupted',
  ]),
  message: z.string(),
  /** `message` in the languages of the page, where it is the hub's own. */
  words: LocalizedText.optional(),
  line: z.number().int().nullable(),
  column: z.number().int().nullable(),
});
export type SqlFault = z.infer<typeof SqlFault>;
