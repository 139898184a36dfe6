import { z } from 'zod';
import {
  CredentialHint,
  StoredToolsetTool,
  Toolset,
  ToolsetCredential,
  ToolsetKind,
} from '#server/contract/toolset.ts';

/** A toolset as the hub knows it; its secrets are envelopes. */
export type ToolsetRecord = {
  id: string;
  ownerId: string;
  slug: string;
  name: string;
  kind: ToolsetKind;
  description: string;
  sourceUrl: string | null;
  command: string | null;
  serverUrl: string | null;
  credential: ToolsetCredential;
  credentialHints: CredentialHint[];
  secret: string | null;
  grant: string | null;
  signInState: string | null;
  skipped: Toolset['skipped'];
  problem: string | null;
  needsSignIn: boolean;
  loadedAt: Date | null;
  staleAt: Date | null;
  createdAt: Date;
  updatedAt: Date;
};

export type ToolRecord = StoredToolsetTool & { isEnabled: boolean };

const StoredParts = z.object({
  kind: ToolsetKind,
  credential: ToolsetCredential,
  credentialHints: z.array(CredentialHint),
  skipped: Toolset.shape.skipped,
});

/** Parses what the database holds as JSON. */
export function toToolsetRecord<Row extends Omit<ToolsetRecord, keyof z.infer<typeof StoredParts>>>(
  row: Row & Record<keyof z.infer<typeof StoredParts>, unknown>,
): ToolsetRecord {
  return { ...row, ...StoredParts.parse(row) };
}

export function toToolRecord({ isEnabled, definition }: { isEnabled: boolean; definition: unknown }): ToolRecord {
  return { ...StoredToolsetTool.parse(definition), isEnabled };
}
