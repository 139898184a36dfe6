import type { Actor } from '#server/contract/actor.ts';
import type { News } from '#server/contract/news.ts';
import type { Artifact, NamedAgent, RunEvent, Source } from '#server/contract/run-event.ts';
import type { RunStep } from '#server/contract/run.ts';

/** What the conversations feature needs from the rest of the hub. */
export type ConversationPorts = {
  /** @throws {HubError} `not_found` when the actor cannot use it */
  resolveAgent: (actor: Actor, reference: string) => Promise<{ id: string }>;
  findActiveRun: (conversationId: string) => Promise<string | null>;
  /** Who answers next in the branch of a message; null: not known. */
  findAnsweringAgent: (conversationId: string, messageId: string) => Promise<string | null>;
  /** Stops the runs under way in a conversation; resolves when those of this process have ended. */
  stopRuns: (conversationId: string) => Promise<void>;
  readRunParts: (events: readonly RunEvent[]) => {
    steps: RunStep[];
    sources: Source[];
    artifacts: Artifact[];
    reasoning: string;
    answeredBy: { agent: NamedAgent; version: number | null } | null;
  };
  /** Told of what a person's open pages show and what is not what it was. */
  announce: (userId: string, news: News) => void;
  now: () => Date;
};
