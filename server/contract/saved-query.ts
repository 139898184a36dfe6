import { z } from 'zod';
import { Identifier, SearchText, Timestamp } from './identifier.ts';
import { PageQuery } from './page.ts';
import { SqlEngineName } from './sql-engine.ts';
import { SqlParameter, SqlText } from './sql.ts';

/** Who sees a saved query: its owner, whoever has its link, or everybody on the hub. */
export const QueryAccess = z.enum(['private', 'link', 'hub']);
export type QueryAccess = z.infer<typeof QueryAccess>;

/** A query that a person saved. It reads the tables of whoever runs it. */
export const SavedQuery = z.object({
  id: Identifier,
  /** What other software calls it: `/api/v1/query/:id`. */
  number: z.number().int(),
  name: z.string(),
  description: z.string(),
  access: QueryAccess,
  owner: z.object({ id: z.string(), name: z.string() }),
  forkOf: z.string().nullable(),
  engine: SqlEngineName,
  /** Put away: it is in no list, and everything else of it stays. */
  isArchived: z.boolean(),
  /** The newest version; every change of the SQL or its parameters makes one. */
  version: z.number().int(),
  sql: z.string(),
  parameters: z.array(SqlParameter),
  createdAt: Timestamp,
  updatedAt: Timestamp,
  can: z.object({ edit: z.boolean() }),
});
export type SavedQuery = z.infer<typeof SavedQuery>;

export const QueryVersion = z.object({
  version: z.number().int(),
  engine: SqlEngineName,
  sql: z.string(),
  parameters: z.array(SqlParameter),
  createdAt: Timestamp,
});
export type QueryVersion = z.infer<typeof QueryVersion>;

export const CreateQueryInput = z.strictObject({
  name: z.string().trim().min(1).max(120),
  description: z.string().trim().max(2000).default(''),
  access: QueryAccess.default('private'),
  engine: SqlEngineName.default('duckdb'),
  sql: SqlText,
  parameters: z.array(SqlParameter).max(50).default([]),
});
export type CreateQueryInput = z.infer<typeof CreateQueryInput>;

/** What is left out stays as it is. */
export const UpdateQueryInput = z.strictObject({
  name: CreateQueryInput.shape.name.optional(),
  description: z.string().trim().max(2000).optional(),
  access: QueryAccess.optional(),
  engine: SqlEngineName.optional(),
  isArchived: z.boolean().optional(),
  sql: SqlText.optional(),
  parameters: z.array(SqlParameter).max(50).optional(),
});
export type UpdateQueryInput = z.infer<typeof UpdateQueryInput>;

export const QueryListQuery = PageQuery.extend({
  /** One's own, what everybody on the hub sees, or one's own that were put away. */
  of: z.enum(['mine', 'hub', 'archived']).default('mine'),
  search: SearchText.default(''),
});
export type QueryListQuery = z.infer<typeof QueryListQuery>;
