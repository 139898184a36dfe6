import { z } from 'zod';

/** The first file of a backup, `manifest.json`: what is in it, and which schema its rows have. */
export const BackupManifest = z.object({
  format: z.literal('atrium-backup'),
  formatVersion: z.literal(1),
  createdAt: z.iso.datetime(),
  /** Those that the database had, oldest first. */
  migrations: z.array(z.object({ name: z.string(), checksum: z.string() })).min(1),
  /** In an order in which they can be filled: a table comes after those that it refers to. */
  tables: z.array(z.object({ name: z.string().regex(/^[a-z_]{1,60}$/), rows: z.number().int().min(0) })),
  hasSecrets: z.boolean(),
});
export type BackupManifest = z.infer<typeof BackupManifest>;

export const manifestName = 'manifest.json';
export const secretsName = 'secrets.json';
export const tableFile = (table: string) => `database/${table}.jsonl`;
