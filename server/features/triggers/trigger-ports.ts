import type { Actor } from '#server/contract/actor.ts';
import type { RunOrigin } from '#server/contract/run-origin.ts';
import type { Run } from '#server/contract/run.ts';
import type { PostOut } from '#server/post-signed.ts';
import type { MarkData } from './fill-message.ts';

export type TriggerAgent = { id: string; handle: string; name: string };

/** What the triggers feature needs from the rest of the hub. */
export type TriggerPorts = {
  /**
   * An agent that the actor may run; with `variables`, also whether they are what it asks for.
   *
   * @throws {HubError} `not_found`, `forbidden`, `validation_failed`
   */
  resolveAgent: (actor: Actor, reference: string, variables?: Record<string, string>) => Promise<TriggerAgent>;
  findPerson: (userId: string) => Promise<Pick<Actor, 'name' | 'role'> | null>;
  /** Starts a run by the way that every door takes; the same idempotency key finds the run that is there already. */
  startRun: (
    actor: Actor,
    agent: string,
    run: {
      input: string;
      variables: Record<string, string>;
      conversationId: string | null;
      language: 'en' | 'zh';
      idempotencyKey: string;
      startedBy: RunOrigin;
    },
  ) => Promise<{ id: string; conversationId: string | null; finished: Promise<unknown> }>;
  readRun: (actor: Actor, run: string) => Promise<Run>;
  secrets: { seal: (text: string, context: string) => string; open: (envelope: string, context: string) => string };
  post: PostOut;
  /** @throws {HubError} `egress_refused` */
  checkUrl: (url: string) => void;
  markData: MarkData;
  /** Where people reach the hub. */
  baseUrl: string;
  now: () => Date;
  logError: (error: unknown, message: string) => void;
};
