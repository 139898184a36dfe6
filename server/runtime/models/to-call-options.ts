import type { JsonObject } from '#server/contract/json.ts';
import type { ModelTool } from '#server/runtime/call-model.ts';

/** Tools and the shape of the answer, as the package of each provider takes them. Pure. */
export function toCallOptions(
  kind: string,
  {
    tools,
    outputSchema,
    cacheKey = null,
    thoughts,
  }: {
    tools: readonly ModelTool[];
    outputSchema: JsonObject | null;
    cacheKey?: string | null;
    thoughts: ReadonlyMap<string, string>;
  },
): Record<string, unknown> {
  switch (kind) {
    case 'anthropic':
      return { thoughts, ...(tools.length === 0 ? {} : { tools: tools.map(toAnthropicTool) }) };
    case 'google':
      return { tools, ...(outputSchema === null ? {} : { outputSchema }) };
    case 'openai-responses':
      return { tools, outputSchema, cacheKey, thoughts };
    case 'openai':
      return {
        ...toFunctions(tools),
        thoughts,
        ...(cacheKey === null ? {} : { promptCacheKey: cacheKey }),
        ...(outputSchema === null
          ? {}
          : {
              response_format: {
                type: 'json_schema',
                json_schema: { name: 'answer', schema: outputSchema, strict: false },
              },
            }),
      };
    default:
      return toFunctions(tools);
  }
}

const toAnthropicTool = ({ name, description, parameters }: ModelTool) => ({
  name,
  description,
  input_schema: parameters,
});

const toFunctions = (tools: readonly ModelTool[]) =>
  tools.length === 0 ? {} : { tools: tools.map((tool) => ({ type: 'function', function: tool })) };
