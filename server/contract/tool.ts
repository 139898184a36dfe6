import { z } from 'zod';
import { ToolIdentifier } from './identifier.ts';
import { JsonObject, JsonValue } from './json.ts';
import { LocalizedText } from './localized-text.ts';
import { Artifact, Source } from './run-event.ts';

export const ToolCategory = z.enum(['basics', 'web', 'data', 'charts', 'media', 'on-chain', 'agents', 'connected']);
export type ToolCategory = z.infer<typeof ToolCategory>;

/** A tool of the catalogue, as the builder lists it. */
export const ToolSummary = z.object({
  id: z.string(),
  title: LocalizedText,
  description: LocalizedText,
  category: ToolCategory,
  /** `write`: it changes something outside the hub. */
  effect: z.enum(['read', 'write']),
  /** The toolset that it belongs to; null: it comes with the hub. */
  toolset: z.object({ id: z.string(), name: z.string() }).nullable(),
  /** Why it cannot be used now, or null. */
  unavailable: LocalizedText.nullable(),
  /** Why it is not called by hand (`POST /api/tools/call`); null: it is. */
  onlyInRuns: LocalizedText.nullable(),
  /** JSON Schema 2020-12. */
  inputSchema: JsonObject,
  outputSchema: JsonObject,
});
export type ToolSummary = z.infer<typeof ToolSummary>;

/** A tool as its list shows it to one person. */
export const ListedTool = ToolSummary.extend({ isFavourite: z.boolean() });
export type ListedTool = z.infer<typeof ListedTool>;

export const FavouriteToolInput = z.strictObject({ tool: ToolIdentifier, isFavourite: z.boolean() });
export type FavouriteToolInput = z.infer<typeof FavouriteToolInput>;

/** A request as a tool sent it; secrets in it are masked, a long body is cut. */
export const SentRequest = z.object({
  method: z.string(),
  url: z.string(),
  headers: z.record(z.string(), z.string()),
  body: z.string().nullable(),
});
export type SentRequest = z.infer<typeof SentRequest>;

/** One call of a tool by hand. */
export const CallToolInput = z.strictObject({ tool: ToolIdentifier, input: JsonObject.default({}) });
export type CallToolInput = z.infer<typeof CallToolInput>;

/** What it came to; a failure of the tool is `isError`, with `{ error, code, issues? }` as its output. */
export const ToolCall = z.object({
  isError: z.boolean(),
  output: JsonValue,
  /** What a model would have been given. */
  textForModel: z.string(),
  sources: z.array(Source.omit({ number: true })),
  artifacts: z.array(Artifact),
  /** The whole result, when it was too big. */
  file: z.string().nullable(),
  durationMs: z.number().int(),
  /** Null, where a tool sends none that can be shown. */
  request: SentRequest.nullable(),
});
export type ToolCall = z.infer<typeof ToolCall>;
