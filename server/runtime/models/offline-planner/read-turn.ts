import {
  type AIMessage,
  type BaseMessage,
  isAIMessage,
  isHumanMessage,
  isToolMessage,
  type ToolMessage,
} from '@langchain/core/messages';
import type { JsonObject } from '#server/contract/json.ts';
import { JsonObject as AnyObject } from '#server/contract/json.ts';
import { detectLanguage, type Language } from './wording.ts';

/** A call that this turn has made, with what came back; null while nothing has. */
export type MadeCall = { name: string; arguments: JsonObject; result: { text: string; isError: boolean } | null };

/** The person's newest message, what came before it, what was called since, and the language to answer in. */
export type Turn = { request: string; requests: string[]; lastAnswer: string; calls: MadeCall[]; language: Language };

/** The words of a message, whichever form its content has. */
function toText({ content }: BaseMessage): string {
  if (typeof content === 'string') return content;
  return content
    .flatMap((block) => (block.type === 'text' && typeof block['text'] === 'string' ? [block['text']] : []))
    .join('\n');
}

function toCalls(messages: BaseMessage[]): MadeCall[] {
  const results = new Map(
    messages
      .filter((message): message is ToolMessage => isToolMessage(message))
      .map((message) => [message.tool_call_id, message]),
  );
  return messages
    .filter((message): message is AIMessage => isAIMessage(message))
    .flatMap((message) => message.tool_calls ?? [])
    .map((call) => {
      const result = call.id === undefined ? undefined : results.get(call.id);
      return {
        name: call.name,
        arguments: AnyObject.catch({}).parse(call.args),
        result: result === undefined ? null : { text: toText(result), isError: result.status === 'error' },
      };
    });
}

/**
 * Reads a conversation as the planner needs it. `requests` are the earlier messages of the person, newest first; the language is
 * that of the newest one, or of the one before or the person's where it has hardly any words.
 */
export function readTurn(messages: BaseMessage[], usual: Language): Turn {
  const at = messages.findLastIndex((message) => isHumanMessage(message));
  const before = messages.slice(0, Math.max(0, at));
  const request = messages[at];
  const answer = before.findLast((message) => isAIMessage(message) && toText(message) !== '');
  const asked = request === undefined ? '' : toText(request);
  const requests = before
    .filter((message) => isHumanMessage(message))
    .map(toText)
    .reverse();
  return {
    request: asked,
    requests,
    lastAnswer: answer === undefined ? '' : toText(answer),
    calls: toCalls(messages.slice(at + 1)),
    language: detectLanguage(asked, detectLanguage(requests[0] ?? '', usual)),
  };
}
