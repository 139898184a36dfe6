import { z } from 'zod';
import { Identifier, Timestamp } from './identifier.ts';

/** A stored file; its bytes are at `GET /api/files/:file`. */
export const StoredFile = z.object({
  id: Identifier,
  name: z.string(),
  mediaType: z.string(),
  size: z.number().int(),
  /** SHA-256 of the bytes, in hexadecimal. */
  sha256: z.string(),
  createdAt: Timestamp,
});
export type StoredFile = z.infer<typeof StoredFile>;

/** What an upload is for: `run` has one that no agent can read refused (415) at once, and not with the message. */
export const UploadQuery = z.object({ for: z.enum(['run']).optional() });
