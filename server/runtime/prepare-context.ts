import type { BaseMessage } from '@langchain/core/messages';
import type { AgentDefinition } from '#server/contract/agent-definition.ts';
import { boundOf, buildMessages, type HistoryMessage, keepHistory } from './build-messages.ts';
import type { ModelTool } from './call-model.ts';
import { countMessages } from './fit-to-window.ts';
import type { ModelTarget } from './models/chat-model.ts';
import { mostTokens, type TokenCounter } from './tokens/create-token-counter.ts';

/** What a run's first model call is sent, and how much room its model has. */
export type RunContext = {
  messages: BaseMessage[];
  /** Tokens that fit beside the answer; null: not known. */
  room: number | null;
  /** The tools, as text to count. */
  overhead: string;
  countTokens: (text: string) => Promise<number>;
  /** All that is sent first, where it had to be counted. */
  countedTokens: number | null;
};

const usualAnswer = 8192;

/** Gathers what the model is sent, within the agent's limits and the window of the model that is asked first. */
export async function prepareContext({
  definition,
  instructions,
  history,
  tools,
  target,
  tokens,
}: {
  definition: AgentDefinition;
  instructions: string;
  history: readonly HistoryMessage[];
  tools: readonly ModelTool[];
  target: Pick<ModelTarget, 'model' | 'contextTokens'>;
  tokens: TokenCounter;
}): Promise<RunContext> {
  const countTokens = (text: string) => tokens.count(text, target.model);
  const overhead = tools.length === 0 ? '' : JSON.stringify(tools);
  const room = toRoom(target.contextTokens, definition.model.maximumOutputTokens);
  const { maximumMessages } = definition.context;
  const left = await roomForHistory({ room, history, fixed: [instructions, overhead], countTokens });
  const maximumTokens = Math.min(definition.context.maximumTokens, left);
  const { kept, wasCounted } = await keepHistory(history, { maximumMessages, maximumTokens }, countTokens);
  const messages = buildMessages(instructions, kept);
  const countedTokens = wasCounted
    ? (await countMessages(messages, countTokens)) + (await countTokens(overhead))
    : null;
  return { messages, room, overhead, countTokens, countedTokens };
}

function toRoom(contextTokens: number | null, maximumOutputTokens: number | null): number | null {
  if (contextTokens === null) return null;
  return contextTokens - Math.min(maximumOutputTokens ?? usualAnswer, Math.floor(contextTokens / 2));
}

/** What the earlier messages may take of the window, beside the newest one and what is always sent. */
async function roomForHistory({
  room,
  history,
  fixed,
  countTokens,
}: {
  room: number | null;
  history: readonly HistoryMessage[];
  fixed: readonly string[];
  countTokens: (text: string) => Promise<number>;
}): Promise<number> {
  if (room === null) return Infinity;
  const bytes = [...fixed.map(mostTokens), ...history.map(boundOf)].reduce((sum, size) => sum + size, 0);
  if (bytes <= room) return Infinity;
  let left = room;
  for (const text of fixed) left -= await countTokens(text);
  const newest = history.at(-1);
  if (newest !== undefined) left -= await countMessages(buildMessages('', [newest]), countTokens);
  return Math.max(0, left);
}
