import type { JsonObject } from '#server/contract/json.ts';

/** A tool as the bench needs to know it, wherever it comes from. */
export type BenchTool = {
  id: string;
  title: string;
  description: string;
  effect: 'read' | 'write';
  /** Why it cannot be used now, in words. */
  unavailable: string | null;
  inputSchema: JsonObject;
};
