import type { BaseMessage } from '@langchain/core/messages';
import type OpenAI from 'openai';
import type { JsonObject } from '#server/contract/json.ts';
import type { ModelTool } from '#server/runtime/call-model.ts';
import type { ModelSettings } from '#server/runtime/models/chat-model.ts';
import { canReason, takesTemperature } from '#server/runtime/models/open-ai-names.ts';
import { toResponsesInput } from './to-responses-input.ts';

export type ResponsesRequest = OpenAI.Responses.ResponseCreateParamsStreaming;

type Facts = {
  model: string;
  /** All names of the model: a gateway's own, and what its answers call it. */
  names: readonly string[];
  /** As its provider or a table says; null: not known. */
  reasons: boolean | null;
  settings: ModelSettings;
  tools: readonly ModelTool[];
  outputSchema: JsonObject | null;
  cacheKey: string | null;
  thoughts: ReadonlyMap<string, string>;
};

const leastOutputTokens = 16;

/** A conversation as the body of `POST /responses`; nothing of it is kept at OpenAI. Pure. */
export function toResponsesRequest(messages: readonly BaseMessage[], facts: Facts): ResponsesRequest {
  const { model, names, settings, tools, outputSchema, cacheKey, thoughts } = facts;
  const { temperature, maximumOutputTokens } = settings;
  const reasons = names.some(canReason) || facts.reasons === true;
  const effort = reasons ? settings.reasoning : null;
  return {
    model,
    input: toResponsesInput(messages, thoughts),
    stream: true,
    store: false,
    ...(reasons
      ? {
          include: ['reasoning.encrypted_content'],
          reasoning: { summary: 'auto', ...(effort === null ? {} : { effort }) },
        }
      : {}),
    // None takes a temperature while it reasons.
    ...(temperature === null || effort !== null || !names.every(takesTemperature) ? {} : { temperature }),
    ...(maximumOutputTokens === null ? {} : { max_output_tokens: Math.max(leastOutputTokens, maximumOutputTokens) }),
    ...(tools.length === 0 ? {} : { tools: tools.map(toFunction) }),
    ...(outputSchema === null
      ? {}
      : { text: { format: { type: 'json_schema', name: 'answer', schema: outputSchema, strict: false } } }),
    ...(cacheKey === null ? {} : { prompt_cache_key: cacheKey }),
  };
}

const toFunction = ({ name, description, parameters }: ModelTool) => ({
  type: 'function' as const,
  name,
  description,
  parameters,
  // Unless told, OpenAI holds a model to a schema of its own making.
  strict: false,
});

/** What some models, and organisations that OpenAI does not know well, refuse, and can do without. */
const dispensable = ['temperature', 'reasoning.summary', 'reasoning.effort', 'reasoning', 'include'] as const;
export type Dispensable = (typeof dispensable)[number];

/** What a refusal is about, where the request can do without it. */
export function findDispensable(thrown: unknown): Dispensable | null {
  const { status, param } = (thrown ?? {}) as { status?: unknown; param?: unknown };
  return status === 400 ? (dispensable.find((name) => name === param) ?? null) : null;
}

/** A request without what was refused of it. Pure. */
export function leaveOut({ ...request }: ResponsesRequest, refused: ReadonlySet<Dispensable>): ResponsesRequest {
  if (refused.has('temperature')) delete request.temperature;
  if (refused.has('include')) delete request.include;
  if (refused.has('reasoning.effort') || refused.has('reasoning')) delete request.reasoning;
  if (refused.has('reasoning.summary') && request.reasoning) {
    const { summary: _, ...reasoning } = request.reasoning;
    if (Object.keys(reasoning).length > 0) request.reasoning = reasoning;
    else delete request.reasoning;
  }
  return request;
}
