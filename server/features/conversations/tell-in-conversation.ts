import { v7 } from 'uuid';
import type { Actor } from '#server/contract/actor.ts';
import type { Source } from '#server/contract/run-event.ts';
import { HubError } from '#server/hub-error.ts';
import type { ToldRepository } from './told-repository.ts';

type Opening = { id: string; agentId: string; title: string };
type Saying = {
  id: string;
  conversationId: string;
  opening: string;
  content: string;
  sources: Omit<Source, 'number'>[];
};

const busy = () =>
  new HubError('conflict', {
    en: 'A run is under way in the conversation.',
    zh: '对话中有正在进行的运行。',
  });

/** What the hub itself says to a person in a conversation with one of their agents, such as that an alert fired. */
export function createConversationTeller({ told, now }: { told: ToldRepository; now: () => Date }) {
  return {
    /** The conversation with this identifier, made where there is none; another one where it was deleted or is of another agent. */
    openTold: async ({ userId }: Actor, { id, agentId, title }: Opening): Promise<string> => {
      if (await told.open({ id, userId, agentId, title, at: now() })) return id;
      const other = v7();
      await told.open({ id: other, userId, agentId, title, at: now() });
      return other;
    },

    /** Says it once. @throws {HubError} `conflict`, while a run is under way in the conversation */
    say: async ({ userId }: Actor, { sources, ...saying }: Saying): Promise<void> => {
      const numbered = sources.map((source, place) => ({ number: place + 1, ...source }));
      const said = await told.say({ ...saying, openingId: v7(), userId, sources: numbered, at: now() });
      if (!said) throw busy();
    },
  };
}
