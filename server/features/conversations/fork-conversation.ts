import { v7 } from 'uuid';
import type { Actor } from '#server/contract/actor.ts';
import type { BranchRepository } from './branch-repository.ts';
import { messageNotFound } from './conversation-errors.ts';
import { unlisted } from './conversation-repository.ts';

/** Of a longer branch the newest go along. */
const mostMessages = 10_000;

type Forkable = { id: string; agentId: string; title: string; source: string; leafMessageId: string | null };

type Needs = {
  branches: Pick<BranchRepository, 'listIds' | 'fork'>;
  ports: {
    findAnsweringAgent: (conversationId: string, messageId: string) => Promise<string | null>;
    now: () => Date;
  };
};

/** Forks conversations: the branch up to a message, or all that is shown, is copied to a new one of the same person. */
export function createForker({ branches, ports }: Needs) {
  return async (
    actor: Actor,
    { id: forkedFromId, agentId, title, source, leafMessageId }: Forkable,
    messageId: string | undefined,
  ): Promise<string> => {
    const end = messageId ?? leafMessageId;
    const said = end === null ? [] : await branches.listIds(forkedFromId, end, mostMessages);
    if (messageId !== undefined && said.length === 0) throw messageNotFound(messageId);
    const answering = end === null ? null : await ports.findAnsweringAgent(forkedFromId, end);
    const ids = said.map(() => v7());
    const id = v7();
    await branches.fork(
      {
        id,
        userId: actor.userId,
        agentId,
        title,
        source: unlisted.includes(source) ? source : actor.key === null ? 'page' : 'api',
        answeringAgentId: answering === agentId ? null : answering,
        forkedFromId,
        createdAt: ports.now(),
      },
      said.map((from, place) => ({ from, id: ids[place] ?? v7(), parentId: ids[place - 1] ?? null })),
    );
    return id;
  };
}
