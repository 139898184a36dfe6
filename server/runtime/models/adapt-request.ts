import type OpenAI from 'openai';
import type { ReasoningEffort } from '#server/contract/agent-definition.ts';
import { canReason, takesTemperature } from './open-ai-names.ts';

type Request = OpenAI.Chat.ChatCompletionCreateParams;

/** What some models refuse, and can do without or by another name. */
const refusable = ['temperature', 'reasoning_effort', 'max_tokens'] as const;
export type Refusable = (typeof refusable)[number];

export type ModelFacts = {
  /** All names of the model: a gateway's own, and what its answers call it. */
  names: readonly string[];
  /** Whether it reasons, as its provider or a table says; null: not known. */
  reasons: boolean | null;
  /** How much it is to reason. */
  reasoning: ReasoningEffort | null;
  refused: ReadonlySet<Refusable>;
};

/** A request as the model behind it takes it, so far as is known. Pure. */
export function adaptRequest<Kind extends Request>(
  request: Kind,
  { names, reasons, reasoning, refused }: ModelFacts,
): Kind {
  const adapted = { ...request };
  const isOfOpenAI = names.some(canReason);
  const thinks = reasoning !== null && (isOfOpenAI || reasons === true) && !refused.has('reasoning_effort');
  if (thinks) adapted.reasoning_effort = reasoning;
  // None of OpenAI's takes a temperature while it reasons.
  if ((thinks && isOfOpenAI) || refused.has('temperature') || !names.every(takesTemperature))
    delete adapted.temperature;
  if (refused.has('max_tokens') && adapted.max_tokens !== undefined) {
    adapted.max_completion_tokens = adapted.max_tokens;
    delete adapted.max_tokens;
  }
  return adapted;
}

/** What a refusal is about, where the request can be made without it; null: something else, or a value out of its range. */
export function findRefused(thrown: unknown, request: Request): Refusable | null {
  const { status, param, code, message } = (thrown ?? {}) as Record<string, unknown>;
  const text = typeof message === 'string' ? message : '';
  const isUnknown =
    String(code).startsWith('unsupported') || /support|unrecognized|unknown|not allowed|extra inputs/i.test(text);
  if ((status !== 400 && status !== 422) || !isUnknown) return null;
  const isAbout = (name: Refusable) =>
    typeof param === 'string' ? param === name : new RegExp(name.replace('_', '[ _]?'), 'i').test(text);
  return refusable.find((name) => request[name] !== undefined && isAbout(name)) ?? null;
}
