import type { Readable } from 'node:stream';
import type { Actor } from '#server/contract/actor.ts';
import type { AgentDefinition } from '#server/contract/agent-definition.ts';
import type { Message } from '#server/contract/conversation.ts';
import type { Page, PageQuery } from '#server/contract/page.ts';
import type { RunEvent } from '#server/contract/run-event.ts';
import type { StartRunInput } from '#server/contract/run.ts';
import type { RunOrigin } from '#server/contract/run-origin.ts';

/** A run as visitors read it: server-sent events, from its start or after one of them. */
export type VisitRun = {
  id: string;
  toFrames: (after: string | undefined, signal: AbortSignal) => AsyncIterable<string>;
};

/** A way to show each event of a run, or not. */
export type ShowEvent = (event: RunEvent) => RunEvent | null;

/** What the embeds feature needs from the rest of the hub. */
export type EmbedPorts = {
  /** An agent that the actor may edit. @throws {HubError} `not_found`, `forbidden` */
  getOwn: (actor: Actor, reference: string) => Promise<{ id: string; ownerId: string }>;
  /** What everybody with its link sees of an agent; null where nobody else does, or it belongs to nobody. */
  findShared: (
    reference: string,
  ) => Promise<{ id: string; handle: string; ownerId: string; definition: AgentDefinition } | null>;
  /** The picture of a shared agent whose avatar is a file. @throws {HubError} `not_found` */
  readAvatar: (agentId: string) => Promise<{ mediaType: string; bytes: Uint8Array }>;
  /** Starts a run by the way that every door takes. */
  startRun: (
    actor: Actor,
    agent: string,
    input: Pick<StartRunInput, 'input' | 'conversationId' | 'parentMessageId' | 'variables'>,
    options: { language: 'en' | 'zh'; startedBy: RunOrigin; show: ShowEvent },
  ) => Promise<VisitRun>;
  /** @throws {HubError} `not_found` */
  openRun: (actor: Actor, run: string, show: ShowEvent) => Promise<VisitRun>;
  /** @throws {HubError} `not_found` */
  cancelRun: (actor: Actor, run: string) => Promise<unknown>;
  findActiveRun: (conversationId: string) => Promise<string | null>;
  /** The messages of a conversation, newest first. */
  listMessages: (
    conversation: { id: string; leafMessageId: string | null },
    query: PageQuery,
  ) => Promise<Page<Message>>;
  /** Deletes a visit's conversation with all that was said and made in it. */
  forgetConversation: (conversationId: string) => Promise<void>;
  /** A file that the visitor may have. @throws {HubError} `not_found` */
  openFile: (
    actor: Actor,
    file: string,
  ) => Promise<{ file: { name: string; mediaType: string; size: number; sha256: string }; content: Readable }>;
  /** Proves later that this hub wrote a text. */
  sign: (text: string) => string;
  /** The calendar month (UTC) of a moment. */
  toMonth: (at: Date) => { from: Date; to: Date };
  now: () => Date;
};
