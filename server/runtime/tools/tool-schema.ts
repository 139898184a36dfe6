import { z } from 'zod';
import type { AgentTool } from '#server/contract/agent-definition.ts';
import { JsonObject } from '#server/contract/json.ts';
import type { ProblemIssue } from '#server/contract/problem.ts';
import type { ToolSummary } from '#server/contract/tool.ts';
import { findSchemaIssues } from '#server/find-schema-issues.ts';
import type { Tool } from './tool.ts';
import { withoutPatterns } from './without-patterns.ts';

/** The JSON Schema of a tool's input as the model sees it: without what the agent's creator has fixed or hidden. */
export function toModelSchema(
  tool: Tool,
  {
    fixedParameters = {},
    hiddenParameters = [],
  }: Partial<Pick<AgentTool, 'fixedParameters' | 'hiddenParameters'>> = {},
): JsonObject {
  const { $schema: _, ...schema } = toJsonSchema(tool.input);
  const properties = JsonObject.safeParse(schema['properties']);
  if (!properties.success) return schema;
  const isOpen = (name: string) => !Object.hasOwn(fixedParameters, name) && !hiddenParameters.includes(name);
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
    toolset: tool.toolset ?? null,
    effect: tool.effect,
    unavailable: tool.unavailable?.() ?? null,
    onlyInRuns: tool.onlyInRuns ?? null,
    inputSchema: toJsonSchema(tool.input),
    outputSchema: toJsonSchema(tool.output),
  };
}

/**
 * The input type of a tool whose schema came from outside. The schema is interpreted, but for its regular expressions, and
 * told to models as it is.
 *
 * @param schema - JSON Schema 2020-12 of an object
 */
export function toInputType(schema: JsonObject): z.ZodType<JsonObject> {
  const checked = withoutPatterns(schema);
  const type = JsonObject.superRefine((input, context) => {
    for (const { path, message } of listIssues(input, checked)) {
      context.addIssue({ code: 'custom', message, path: path === '' ? [] : path.split('.') });
    }
  });
  known.set(type, schema);
  return type;
}

function listIssues(input: JsonObject, schema: JsonObject): ProblemIssue[] {
  try {
    return findSchemaIssues(input, schema, '').map(({ path, message }) => ({ path: path.replace(/^\./, ''), message }));
  } catch {
    return [{ path: '', message: 'The schema of this tool cannot be read. Load its toolset again.' }];
  }
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
