import { z } from 'zod';
import { Identifier, Timestamp } from './identifier.ts';
import { ColumnType, SqlColumn, TableName } from './sql.ts';

export const largestDatasetBytes = 200 * 1024 * 1024;

/** How an uploaded table is written. */
export const DataFormat = z.enum(['csv', 'tsv', 'json', 'parquet']);
export type DataFormat = z.infer<typeof DataFormat>;

/** A table that a person brought. */
export const Dataset = z.object({
  id: Identifier,
  /** What SQL calls it. */
  name: z.string(),
  fileName: z.string(),
  format: DataFormat,
  /** Of the uploaded file, in bytes. */
  size: z.number().int(),
  rows: z.number().int(),
  columns: z.array(SqlColumn),
  createdAt: Timestamp,
  updatedAt: Timestamp,
});
export type Dataset = z.infer<typeof Dataset>;

/** What is left out stays as it is. A new type of a column has the uploaded file read again. */
export const UpdateDatasetInput = z.strictObject({
  name: TableName.optional(),
  columns: z
    .array(z.strictObject({ name: z.string(), type: ColumnType }))
    .max(1000)
    .optional(),
});
export type UpdateDatasetInput = z.infer<typeof UpdateDatasetInput>;

/** A table that the actor's queries can read. */
export const QueryTable = z.object({
  /** `name`, or `schema.name`. */
  name: z.string(),
  description: z.string(),
  rows: z.number().int().nullable(),
  columns: z.array(SqlColumn),
  /** The dataset behind it; null for a table of the hub. */
  datasetId: z.string().nullable(),
});
export type QueryTable = z.infer<typeof QueryTable>;

/** What is in a table, for who writes SQL on it. */
export const TableDetails = z.object({
  /** What is said of values is of a part of the rows. */
  isSampled: z.boolean(),
  details: z.array(
    z.object({
      ...SqlColumn.shape,
      min: z.string().nullable(),
      max: z.string().nullable(),
      /** Rows without a value. */
      empty: z.number(),
      /** About how many different values there are. */
      distinct: z.number(),
      /** All values of a text that has few. */
      values: z.array(z.string()),
    }),
  ),
  /** The first rows, as text. */
  samples: z.array(z.array(z.string().nullable())),
});
export type TableDetails = z.infer<typeof TableDetails>;
