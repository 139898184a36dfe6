import { z } from 'zod';
import { LocalizedText } from '#server/contract/localized-text.ts';
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
  problem: LocalizedText | null;
  needsSignIn: boolean;
  loadedAt: Date | null;
  staleAt: Date | null;
  createdAt: Date;
  updatedAt: Date;
};

export type ToolRecord = StoredToolsetTool & { isEnabled: boolean };

const StoredParts = z.object({
  kind: ToolsetKind,
  problemWords: LocalizedText.nullable(),
  credential: ToolsetCredential,
  credentialHints: z.array(CredentialHint),
  skipped: Toolset.shape.skipped,
});

type StoredParts = z.infer<typeof StoredParts>;
type Row = Omit<ToolsetRecord, keyof StoredParts | 'problem'> & { problem: string | null };

/** Parses what the database holds as JSON. */
export function toToolsetRecord({ problem, ...row }: Row & Record<keyof StoredParts, unknown>): ToolsetRecord {
  const { problemWords, ...parts } = StoredParts.parse(row);
  return { ...row, ...parts, problem: problemWords ?? (problem === null ? null : { en: problem, zh: problem }) };
}

export function toToolRecord({ isEnabled, definition }: { isEnabled: boolean; definition: unknown }): ToolRecord {
  return { ...StoredToolsetTool.parse(definition), isEnabled };
}
