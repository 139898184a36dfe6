import type { Actor } from '#server/contract/actor.ts';
import type { AgentDefinition } from '#server/contract/agent-definition.ts';
import type { MemoryAccess } from '#server/contract/memory.ts';
import type { TakenTurn } from '#server/contract/run-checkpoint.ts';
import type { Source } from '#server/contract/run-event.ts';
import type { OpenWait } from './ask-person.ts';
import type { HistoryMessage } from './build-messages.ts';
import type { RunLimits } from './run-agent.ts';
import type { ConversationSummary } from './summarise-turns.ts';
import type { CarriedTurn, ResumedTurn } from './turn-state.ts';

/** One turn of an agent: who says what to whom, and what the agent may do with it. */
export type TurnInput = {
  actor: Actor;
  agentId: string;
  /** Who made the agent; null: it came with the hub. */
  ownerId: string | null;
  definition: AgentDefinition;
  /** How an agent came to a turn that another one had; null: it was begun with it. */
  taken?: TakenTurn | null;
  carried?: CarriedTurn | null;
  /** The agent that the conversation was begun with, by its handle, where another one answers. */
  handBackTo?: string | null;
  /** The agents that called this one, the first of the run first. */
  callers?: string[];
  history: HistoryMessage[];
  /** What the question rests on: the first sources of the answer. */
  sources?: Omit<Source, 'number'>[];
  variables: Record<string, string>;
  language: 'en' | 'zh';
  limits: RunLimits;
  /** Where a turn that waited for a person goes on; null for one that begins. */
  resumed: ResumedTurn | null;
  /** Null in a test: no person can be asked then. */
  openWait: OpenWait | null;
  /** What the run may do with what the agent remembers, and where new facts come from; null: nothing. */
  memory: { access: MemoryAccess; conversationId: string; messageId: string | null } | null;
  /** The agent whose draft the turn may read and propose changes to; null: none. */
  edits?: string | null;
  summary: ConversationSummary | null;
  keepSummary: (summary: ConversationSummary) => Promise<void>;
  signal: AbortSignal;
};

/** Whose own connections to models an agent uses beside the hub's: its owner's; of one that came with the hub, the actor's. */
export const toModelOwner = ({ ownerId, actor }: Pick<TurnInput, 'ownerId' | 'actor'>): string =>
  ownerId ?? actor.userId;

/**
 * Whose toolsets an agent uses: its owner's; of one that came with the hub, the actor's, where they asked it themselves. Null:
 * nobody's, for the owner of an agent that called it, or handed over to it, could read with what is the actor's.
 */
export const toToolsetOwner = ({
  ownerId,
  actor,
  callers,
  taken = null,
  handBackTo = null,
}: Pick<TurnInput, 'ownerId' | 'actor' | 'callers' | 'taken' | 'handBackTo'>): string | null =>
  ownerId ?? (callers === undefined && taken === null && handBackTo === null ? actor.userId : null);
