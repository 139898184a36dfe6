import type { BindToolsInput } from '@langchain/core/language_models/chat_models';
import { convertToOpenAITool, isLangChainTool } from '@langchain/core/utils/function_calling';
import { JsonObject, type JsonValue } from '#server/contract/json.ts';
import type { LocalizedText } from '#server/contract/localized-text.ts';
import { toWish, type Wish } from './parameter-wish.ts';

/** One parameter of a tool, as its JSON Schema says. */
export type Parameter = {
  name: string;
  description: string;
  type: string;
  required: boolean;
  values: JsonValue[] | null;
  format: string | null;
  pattern: string | null;
  /** Of the content of a text. */
  mediaType: string | null;
  items: JsonObject | null;
  /** Names of an object's own members. */
  members: string[];
  /** Whether a list is taken as well as a single value. */
  takesMany: boolean;
  wish: Wish;
};

export type DescribeTool = (name: string) => { title: LocalizedText; description: LocalizedText } | null;

/** A bound tool as the planner sees it; `shapes` are the ways in which its input may be made up, at least one. */
export type ToolView = {
  name: string;
  description: string;
  localized: ReturnType<DescribeTool>;
  shapes: Parameter[][];
};

const asObject = (value: unknown): JsonObject => {
  const parsed = JsonObject.safeParse(value);
  return parsed.success ? parsed.data : {};
};
const asText = (value: unknown): string | null => (typeof value === 'string' ? value : null);
const asList = (value: unknown): JsonValue[] | null => (Array.isArray(value) ? (value as JsonValue[]) : null);

/** Follows a reference within the schema, and takes the one way that is not null of a nullable. */
function resolve(schema: JsonObject, root: JsonObject, depth = 0): JsonObject {
  const reference = asText(schema['$ref']);
  if (reference !== null && reference.startsWith('#/') && depth < 8) {
    const target = reference
      .slice(2)
      .split('/')
      .reduce<JsonObject>((at, key) => asObject(Object.hasOwn(at, key) ? at[key] : null), root);
    return resolve(target, root, depth + 1);
  }
  const ways = (asList(schema['anyOf']) ?? asList(schema['oneOf']))?.map((way) =>
    resolve(asObject(way), root, depth + 1),
  );
  if (ways === undefined || schema['properties'] !== undefined) return schema;
  const real = ways.filter((way) => way['type'] !== 'null');
  const first = real[0] ?? {};
  const values = real.map((way) => asList(way['enum']) ?? (way['const'] === undefined ? null : [way['const']]));
  const { anyOf: _any, oneOf: _one, ...own } = schema;
  return values.length > 1 && values.every((list) => list !== null)
    ? { ...first, ...own, enum: values.flat() }
    : { ...first, ...own };
}

function toParameters(schema: JsonObject, root: JsonObject): Parameter[] {
  const required = new Set(asList(schema['required']));
  return Object.entries(asObject(schema['properties'])).map(([name, raw]) => {
    const own = resolve(asObject(raw), root);
    const types = asList(own['type']);
    const plain = {
      name,
      description: asText(own['description']) ?? asText(asObject(raw)['description']) ?? '',
      type: asText(own['type']) ?? asText(types?.find((type) => type !== 'null')) ?? '',
      required: required.has(name) && own['default'] === undefined,
      values: asList(own['enum']) ?? (own['const'] === undefined ? null : [own['const']]),
      format: asText(own['format']),
      pattern: asText(own['pattern']),
      mediaType: asText(own['contentMediaType']),
      items: own['items'] === undefined ? null : resolve(asObject(own['items']), root),
      takesMany: [...(asList(asObject(raw)['anyOf']) ?? []), own].some((way) => asObject(way)['type'] === 'array'),
      members: Object.keys(asObject(own['properties'])),
    };
    return { ...plain, wish: toWish(plain) };
  });
}

function toShapes(root: JsonObject): Parameter[][] {
  const ways = asList(root['oneOf']) ?? asList(root['anyOf']) ?? [];
  const { oneOf: _one, anyOf: _any, ...own } = root;
  const shared = toParameters(own, root);
  const shapes = ways
    .map((way) => toParameters(resolve(asObject(way), root), root))
    .filter((parameters) => parameters.length > 0)
    .map((parameters) => [
      ...shared.filter(({ name }) => parameters.every((other) => other.name !== name)),
      ...parameters,
    ]);
  return shapes.length === 0 ? [shared] : shapes;
}

/** Reads a tool in any form in which it may be bound: LangChain's, OpenAI's, Anthropic's. */
export function toToolView(tool: BindToolsInput, describeTool?: DescribeTool): ToolView {
  const plain: unknown = isLangChainTool(tool) ? convertToOpenAITool(tool) : tool;
  const outer = plain as Record<string, unknown>;
  const definition = (outer['function'] ?? outer) as Record<string, unknown>;
  const name = asText(definition['name']) ?? '';
  return {
    name,
    description: asText(definition['description']) ?? '',
    localized: describeTool?.(name) ?? null,
    shapes: toShapes(asObject(definition['parameters'] ?? definition['input_schema'])),
  };
}
