import type { z } from 'zod';
import type { JsonObject, JsonValue } from '#server/contract/json.ts';
import { JsonValue as AnyJson } from '#server/contract/json.ts';
import type { Tool, ToolContext, ToolResult } from './tool.ts';
import { toInputType } from './tool-schema.ts';

/** A tool that lives elsewhere: an operation of a service, or a tool of an MCP server. */
export type ConnectedTool = {
  /** `<toolset>/<tool>` */
  id: string;
  /** `needsSignIn`: its service does not let the hub in until its owner signs in again. */
  toolset: { id: string; name: string; needsSignIn: boolean };
  title: string;
  description: string;
  effect: 'read' | 'write';
  inputSchema: JsonObject;
  call: (input: JsonObject, context: ToolContext) => Promise<ToolResult<JsonValue>>;
};

const timeoutMs = 60_000;
const maximumResultBytes = 32_000;
/** Kept by schema, because each run asks for the same ones. */
const inputTypes = new WeakMap<JsonObject, z.ZodType<JsonObject>>();

/** Turns it into a tool like those of the catalogue. Whatever it says was written by strangers. */
export function createConnectedTool({
  id,
  toolset,
  title,
  description,
  effect,
  inputSchema,
  call,
}: ConnectedTool): Tool {
  const input = inputTypes.get(inputSchema) ?? toInputType(inputSchema);
  inputTypes.set(inputSchema, input);
  return {
    id,
    toolset: { id: toolset.id, name: toolset.name },
    title: { en: title, zh: title },
    description: { en: description, zh: description },
    category: 'connected',
    effect,
    untrusted: true,
    input,
    output: AnyJson,
    timeoutMs,
    maximumResultBytes,
    intent: () => `${toolset.name}: ${title}`,
    run: (given, context) => call(given as JsonObject, context),
  };
}
