import { z } from 'zod';
import { JsonObject } from '#server/contract/json.ts';
import type { ToolSummary } from '#server/contract/tool.ts';
import type { Tool } from './tool.ts';

/** The JSON Schema of a tool's input as the model sees it: without what the agent's creator has fixed. */
export function toModelSchema(tool: Tool, fixedParameters: JsonObject = {}): JsonObject {
  const { $schema: _, ...schema } = toJsonSchema(tool.input);
  const properties = JsonObject.safeParse(schema['properties']);
  if (!properties.success) return schema;
  const isOpen = (name: string) => !Object.hasOwn(fixedParameters, name);
  const required = Array.isArray(schema['required']) ? schema['required'] : [];
  return {
    ...schema,
    properties: Object.fromEntries(Object.entries(properties.data).filter(([name]) => isOpen(name))),
    required: required.filter((name) => typeof name === 'string' && isOpen(name)),
  };
}

/** A tool as `GET /api/tools` and the builder show it. */
export function toToolSummary(tool: Tool): ToolSummary {
  return {
    id: tool.id,
    title: tool.title,
    description: tool.description,
    category: tool.category,
    effect: tool.effect,
    unavailable: tool.unavailable?.() ?? null,
    inputSchema: toJsonSchema(tool.input),
    outputSchema: toJsonSchema(tool.output),
  };
}

/** Kept, because each run tells its model of its tools, and their schemas never change. */
const known = new WeakMap<z.ZodType, JsonObject>();

function toJsonSchema(schema: z.ZodType): JsonObject {
  const found = known.get(schema);
  if (found !== undefined) return found;
  const made = JsonObject.parse(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }));
  known.set(schema, made);
  return made;
}
