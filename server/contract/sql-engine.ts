import { z } from 'zod';
import { Timestamp } from './identifier.ts';

/** What runs SQL: the hub's own engine on the tables of `GET /api/tables`, or Dune on Dune's, with a person's key. */
export const SqlEngineName = z.enum(['duckdb', 'dune']);
export type SqlEngineName = z.infer<typeof SqlEngineName>;

/** Whether a person's queries may run at Dune; of their key only its end is ever shown. */
export const DuneAccess = z.object({
  isConnected: z.boolean(),
  keyEnd: z.string().nullable(),
  updatedAt: Timestamp.nullable(),
});
export type DuneAccess = z.infer<typeof DuneAccess>;

export const DuneKeyInput = z.strictObject({
  apiKey: z
    .string()
    .trim()
    .min(8)
    .max(200)
    .regex(/^[\x21-\x7e]+$/, 'A key has letters, digits and signs, and no spaces.'),
});
export type DuneKeyInput = z.infer<typeof DuneKeyInput>;
