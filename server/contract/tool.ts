import { z } from 'zod';
import { JsonObject } from './json.ts';

/** A text in the languages of the page. */
export const LocalizedText = z.object({ en: z.string(), zh: z.string() });
export type LocalizedText = z.infer<typeof LocalizedText>;

export const ToolCategory = z.enum(['basics', 'web', 'data', 'charts', 'media', 'on-chain']);
export type ToolCategory = z.infer<typeof ToolCategory>;

/** A tool of the catalogue, as the builder lists it. */
export const ToolSummary = z.object({
  id: z.string(),
  title: LocalizedText,
  description: LocalizedText,
  category: ToolCategory,
  /** `write`: it changes something outside the hub. */
  effect: z.enum(['read', 'write']),
  /** Why it cannot be used now, or null. */
  unavailable: LocalizedText.nullable(),
  /** JSON Schema 2020-12. */
  inputSchema: JsonObject,
  outputSchema: JsonObject,
});
export type ToolSummary = z.infer<typeof ToolSummary>;
