import type { Actor } from '#server/contract/actor.ts';
import type { ChainReader } from '#server/contract/chain-readings.ts';
import type { Execution, ResultPage } from '#server/contract/execution.ts';
import type { NamedAgent, Source } from '#server/contract/run-event.ts';
import type { RunOrigin } from '#server/contract/run-origin.ts';
import type { SqlParameter } from '#server/contract/sql.ts';
import type { PostOut } from '#server/post-signed.ts';

/** What the alerts feature needs from the rest of the hub. */
export type AlertPorts = {
  /** An agent that the actor may run. @throws {HubError} `not_found`, `forbidden` */
  resolveAgent: (actor: Actor, reference: string) => Promise<Pick<NamedAgent, 'id' | 'name'>>;
  findPerson: (userId: string) => Promise<Pick<Actor, 'name' | 'role'> | null>;
  /** A saved query that the actor sees. @throws {HubError} `not_found` */
  getQuery: (actor: Actor, id: string) => Promise<{ name: string }>;
  /** Runs a saved query to its end, and gives its first rows. @throws {HubError} `not_found`, `forbidden`, `rate_limited` */
  runQuery: (
    actor: Actor,
    query: { query: string; parameters: SqlParameter[] },
    signal: AbortSignal,
  ) => Promise<{ execution: Execution; page: ResultPage | null }>;
  chains: ChainReader;
  /** The conversation with this identifier, made where there is none; another one where that is not the agent's any more. */
  openConversation: (actor: Actor, conversation: { id: string; agentId: string; title: string }) => Promise<string>;
  /**
   * Leaves a message in a conversation, once under its identifier; `opening` is what the person said before it where nothing
   * was said yet.
   *
   * @throws {HubError} `conflict`, while a run is under way in it
   */
  say: (
    actor: Actor,
    message: {
      id: string;
      conversationId: string;
      opening: string;
      content: string;
      sources: Omit<Source, 'number'>[];
    },
  ) => Promise<void>;
  /** Starts a run by the way that every door takes; the same idempotency key finds the run that is there already. */
  startRun: (
    actor: Actor,
    agent: string,
    run: {
      input: string;
      /** What it rests on: the first sources of the answer. */
      sources: Omit<Source, 'number'>[];
      conversationId: string;
      language: 'en' | 'zh';
      idempotencyKey: string;
      startedBy: RunOrigin;
    },
  ) => Promise<{ id: string }>;
  secrets: { seal: (text: string, context: string) => string; open: (envelope: string, context: string) => string };
  post: PostOut;
  /** @throws {HubError} `egress_refused` */
  checkUrl: (url: string) => void;
  /** Strangers' text as data for a model. */
  markData: (text: string, origin: string) => string;
  now: () => Date;
  logError: (error: unknown, message: string) => void;
};
