import type { ModelSettings } from './chat-model.ts';
import { toThinkingTokens } from './thinking-tokens.ts';

const usualOutputTokens = 8192;
const leastThinkingTokens = 1024;

/** Models that decide themselves how long they think, and are told an effort. */
const isAdaptive = (model: string) => /^claude-(?:(?:opus|sonnet|haiku)-(?:4[-.][6-9]|[5-9])|fable|mythos)/.test(model);
const thinksByBudget = (model: string) =>
  /^claude-(?:3[-.]7|(?:opus|sonnet|haiku)-4)/.test(model) && !isAdaptive(model);
const refusesTemperature = (model: string) => isAdaptive(model) && !/^claude-[a-z]+-4[-.]6/.test(model);

/** An agent's settings as a model of Anthropic takes them: none takes a temperature while it thinks. Pure. */
export function toClaudeSettings(model: string, { temperature, maximumOutputTokens, reasoning }: ModelSettings) {
  const asked = reasoning === null ? 0 : toThinkingTokens(reasoning, maximumOutputTokens);
  const plain = {
    maxTokens: maximumOutputTokens ?? usualOutputTokens,
    ...(temperature === null || refusesTemperature(model) ? {} : { temperature }),
  };
  if (reasoning === null) return plain;
  const maxTokens = maximumOutputTokens ?? usualOutputTokens + asked;
  if (isAdaptive(model)) {
    // The newest leave their thoughts out unless asked for them.
    const thinking = { type: 'adaptive' as const, display: 'summarized' as const };
    return { maxTokens, thinking, outputConfig: { effort: reasoning } };
  }
  if (!thinksByBudget(model) || asked < leastThinkingTokens) return plain;
  return { maxTokens, thinking: { type: 'enabled' as const, budget_tokens: asked } };
}
