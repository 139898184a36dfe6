import type { Actor } from '#server/contract/actor.ts';
import type { ConversationSource } from '#server/contract/conversation.ts';
import type { MemoryAccess } from '#server/contract/memory.ts';
import type { StartRunInput } from '#server/contract/run.ts';

/**
 * What a run may do with what the agent remembers; null: it neither knows nor keeps anything.
 *
 * In the page all, but for a preview, which keeps nothing. A trigger only reads: what started it, and what it says, is
 * nobody's own word. A key only when it says so, because the software behind it may serve others; what the client of the
 * OpenAI door has said is its own to keep. A test must come out the same whatever is remembered, a temporary conversation
 * leaves nothing behind, and a visitor is not the owner in whose name they ask. An exchange that is handed in was not said here.
 */
export function toMemoryAccess({
  actor,
  input,
  source,
  conversation,
}: {
  actor: Actor;
  input: Pick<StartRunInput, 'memory' | 'messages'>;
  source: ConversationSource;
  /** Where the conversation was begun. */
  conversation: string;
}): MemoryAccess | null {
  if (source === 'openai' || source === 'test' || source === 'embed' || input.memory === false) return null;
  if (conversation === 'temporary') return null;
  if (source === 'trigger') return 'read';
  if (actor.key !== null && input.memory !== true) return null;
  const isOwnWord = !['preview', 'trigger', 'test', 'talk'].includes(conversation) && input.messages === undefined;
  return isOwnWord ? 'write' : 'read';
}
