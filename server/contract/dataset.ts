import { z } from 'zod';
import { Identifier, Timestamp } from './identifier.ts';
import { LocalizedText } from './localized-text.ts';
import { ColumnType, SqlColumn, TableName } from './sql.ts';

export const largestDatasetBytes = 200 * 1024 * 1024;

/** How an uploaded table is written. */
export const DataFormat = z.enum(['csv', 'tsv', 'json', 'parquet']);
export type DataFormat = z.infer<typeof DataFormat>;

/** Addresses of a column whose letters are not those of their checksum (EIP-55), which a typing error makes. */
export const WrongChecksums = z.object({
  column: z.string(),
  /** How many rows have one. */
  count: z.number().int().min(1),
  /** The first few, as they were uploaded; the first row of a table is 1. */
  first: z.array(z.object({ row: z.number().int().min(1), address: z.string() })),
});
export type WrongChecksums = z.infer<typeof WrongChecksums>;

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
  /** Null for one that was uploaded before they were looked for and was not read again since. */
  wrongChecksums: z.array(WrongChecksums).nullable(),
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
  /** `description` in the languages of the page, where the hub itself describes it. */
  descriptionWords: LocalizedText.optional(),
  rows: z.number().int().nullable(),
  columns: z.array(SqlColumn),
  /** The dataset behind it; null for a table of the hub. */
  datasetId: z.string().nullable(),
  /** Of a dataset that has any. */
  wrongChecksums: z.array(WrongChecksums).optional(),
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
