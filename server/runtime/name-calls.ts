import { AIMessage, type BaseMessage } from '@langchain/core/messages';
import type { ModelToolCall } from './call-model.ts';

/**
 * Gives each call of an answer a name that no other call of the turn has: some servers count them anew in every answer,
 * and events, steps and results are told apart by it. Pure.
 */
export function nameCalls(calls: readonly ModelToolCall[], earlier: readonly BaseMessage[]): ModelToolCall[] {
  const taken = new Set(
    earlier.flatMap((message) =>
      AIMessage.isInstance(message) ? (message.tool_calls ?? []).map(({ id }) => id ?? '') : [],
    ),
  );
  return calls.map((call) => {
    let id = call.id;
    for (let number = 2; taken.has(id); number += 1) id = `${call.id}_${number}`;
    taken.add(id);
    return { ...call, id };
  });
}
