import type { Actor } from '#server/contract/actor.ts';
import type { ConversationSummary } from '#server/contract/conversation.ts';
import type { ConversationHit, ConversationHitQuery } from '#server/contract/conversation-hit.ts';
import type { Page } from '#server/contract/page.ts';
import { type PagePosition, readPageCursor, toPageCursor } from '#server/page-cursor.ts';
import { withoutInvisible } from '#server/without-invisible.ts';
import type { SearchRepository } from './search-repository.ts';
import { toSnippet } from './to-snippet.ts';

const conversationsAtATime = 50;
/** A page that finds little ends after a while, and says where the next one goes on. */
const longestMs = 2000;
const mostWords = 8;

type Needs = {
  repository: SearchRepository;
  /** The agents that the actor may see conversations with, of those that it asks for; null: all. */
  listAgentIds: (actor: Actor, agent: string | undefined) => Promise<string[] | null>;
  summarise: (userId: string, ids: string[]) => Promise<Map<string, ConversationSummary>>;
};

type Found = Pick<ConversationHit, 'message' | 'snippet'> & { id: string };

/** Finds a person's conversations by parts of words in their messages and titles. */
export function createConversationSearch({ repository, listAgentIds, summarise }: Needs) {
  return async (
    actor: Actor,
    { search, agent, limit, cursor }: ConversationHitQuery,
  ): Promise<Page<ConversationHit>> => {
    const words = withoutInvisible(search)
      .split(/\s+/)
      .filter((word) => word !== '')
      .slice(0, mostWords);
    if (words.length === 0) return { items: [], nextCursor: null };
    const scope = { userId: actor.userId, agentIds: await listAgentIds(actor, agent) };
    const until = Date.now() + longestMs;
    const found: Found[] = [];
    let after: PagePosition | null = readPageCursor(cursor);
    let isDone = false;
    while (!isDone && found.length < limit && Date.now() < until) {
      const looked = await repository.look(scope, { words, after, limit: conversationsAtATime });
      isDone = looked.length < conversationsAtATime;
      for (const { id, updatedAt, title, isTitleHit, message, content } of looked) {
        if (found.length === limit) {
          isDone = false;
          break;
        }
        after = { at: updatedAt, id };
        if (content !== null) found.push({ id, message, snippet: toSnippet(content, words) });
        else if (isTitleHit) found.push({ id, message: null, snippet: toSnippet(title, words) });
      }
    }
    const summaries = await summarise(
      actor.userId,
      found.map(({ id }) => id),
    );
    const items = found.flatMap(({ id, ...hit }) => {
      const conversation = summaries.get(id);
      return conversation === undefined ? [] : [{ conversation, ...hit }];
    });
    return { items, nextCursor: isDone || after === null ? null : toPageCursor(after) };
  };
}
