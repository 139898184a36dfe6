import type { Actor } from '#server/contract/actor.ts';
import type { AgentDefinition } from '#server/contract/agent-definition.ts';
import type { ConversationPorts } from './conversation-ports.ts';
import type { TitleRepository } from './title-repository.ts';

/** The first question of a conversation, and what was answered. */
export type FirstAnswer = {
  actor: Actor;
  agentId: string;
  definition: AgentDefinition;
  /** Whose own connections to models count beside the hub's. */
  modelOwnerId: string;
  conversationId: string;
  question: string;
  answer: string;
};

type Needs = {
  repository: TitleRepository;
  /** A title by the agent's model, paid for by the person; null where nobody can or may be asked. */
  suggestTitle: (first: FirstAnswer, signal: AbortSignal) => Promise<string | null>;
  announce: ConversationPorts['announce'];
  logError: (error: unknown, message: string) => void;
};

const longestMs = 30_000;
/** So short a question names its conversation as well as a model would. */
const shortQuestion = 40;

/**
 * Names conversations after their first answer was given, beside all else. Until then, and where no model can be asked, the
 * first words of the question are the title.
 */
export function createConversationNamer({ repository, suggestTitle, announce, logError }: Needs) {
  const stopping = new AbortController();

  async function name(first: FirstAnswer): Promise<void> {
    const title = await suggestTitle(first, AbortSignal.any([stopping.signal, AbortSignal.timeout(longestMs)]));
    if (title === null) return;
    const { actor, conversationId } = first;
    await repository.giveTitle(conversationId, title);
    announce(actor.userId, { type: 'conversation', conversation: conversationId, run: null });
  }

  return {
    nameConversation: (first: FirstAnswer): void => {
      const { question, answer, definition } = first;
      // What a guard masks must not reach the model on another way.
      if (question.trim().length <= shortQuestion || answer === '' || definition.guards.length > 0) return;
      name(first).catch((error: unknown) => {
        if (!stopping.signal.aborted) logError(error, `conversation ${first.conversationId} was not named by a model`);
      });
    },
    stop: () => stopping.abort(),
  };
}
