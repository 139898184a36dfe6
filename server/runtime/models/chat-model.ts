import type { ReasoningEffort } from '#server/contract/agent-definition.ts';
import type { ModelPrice, OpenAIApi } from '#server/contract/model.ts';
import type { LocalizedText } from '#server/contract/localized-text.ts';
import type { BaseChatModel } from '@langchain/core/language_models/chat_models';
import { isChatOnly } from './open-ai-names.ts';

/** A model to call, with the secret that opens it. Made by the models feature, never shown. */
export type ModelTarget = {
  /** As agents wish for it: `openai/gpt-5-mini`, `offline/planner`. */
  reference: string;
  provider: 'openai' | 'anthropic' | 'google' | 'mistral' | 'planner';
  model: string;
  baseUrl: string | null;
  /** Which of OpenAI's APIs its connection speaks; null at other providers. */
  api: OpenAIApi | null;
  apiKey: string | null;
  price: ModelPrice;
  /** False: images are left out of what it is sent. Null: not known. */
  seesImages: boolean | null;
  /** As its provider or a table says; null: not known. */
  reasons: boolean | null;
  /** The size of its window; null: not known. */
  contextTokens: number | null;
  /** Calls at once through its connection, over all its models; null: no limit. */
  maximumConcurrentCalls: number | null;
  /** Whose own connection it is, which reaches no more than tools do, and who pays for it; null: the hub's. */
  ownerId: string | null;
};

export type ModelSettings = {
  temperature: number | null;
  maximumOutputTokens: number | null;
  reasoning: ReasoningEffort | null;
  /** The person's, in which the offline planner answers what has no words of its own; models read it from what they are told. */
  language?: 'en' | 'zh';
};

/** How outgoing model traffic leaves the hub; a WHATWG fetch behind the egress guard. */
export type ModelFetch = typeof globalThis.fetch;

export type DescribeTool = (id: string) => { title: LocalizedText; description: LocalizedText } | null;

export type OpenChatModel = (target: ModelTarget, settings: ModelSettings) => Promise<BaseChatModel>;

const keptModels = 200;

/**
 * Makes the function that turns a target into a LangChain chat model. Provider packages are loaded when first used, and a
 * model is kept for the next run that asks for the same one.
 */
export function createModelOpener({
  findFetch,
  describeTool,
}: {
  /** The way out of the hub to a model. */
  findFetch: (target: ModelTarget) => ModelFetch;
  /** How the offline planner names a tool to people. */
  describeTool: DescribeTool;
}): OpenChatModel {
  const kept = new Map<string, Promise<BaseChatModel>>();
  return (target, { language, ...settings }) => {
    const own = target.provider === 'planner' && language !== undefined ? { ...settings, language } : settings;
    const key = JSON.stringify([
      target.provider,
      target.model,
      target.baseUrl,
      target.api,
      target.apiKey,
      target.ownerId,
      target.reasons,
      own,
    ]);
    const found = kept.get(key);
    if (found !== undefined) return found;
    if (kept.size >= keptModels) kept.delete(kept.keys().next().value ?? '');
    const made = open(target, own, { fetch: findFetch(target), describeTool });
    kept.set(key, made);
    made.catch(() => kept.delete(key));
    return made;
  };
}

async function open(
  target: ModelTarget,
  settings: ModelSettings,
  { fetch, describeTool }: { fetch: ModelFetch; describeTool: DescribeTool },
): Promise<BaseChatModel> {
  switch (target.provider) {
    case 'openai':
      if (target.api === 'responses' && !isChatOnly(target.model))
        return (await import('./responses/responses-model.ts')).createResponsesModel(target, settings, fetch);
      return (await import('./open-ai-model.ts')).createOpenAIModel(target, settings, fetch);
    case 'anthropic':
      return (await import('./anthropic-model.ts')).createAnthropicModel(target, settings, fetch);
    case 'google':
      return (await import('./gemini/gemini-model.ts')).createGeminiModel(target, settings, fetch);
    case 'mistral':
      return (await import('./mistral-model.ts')).createMistralModel(target, settings, fetch);
    case 'planner':
      return (await import('./offline-planner/offline-planner.ts')).createOfflinePlanner({
        describeTool,
        ...(settings.language === undefined ? {} : { language: settings.language }),
      });
  }
}
