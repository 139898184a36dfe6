import type { AgentMemory } from '#server/contract/agent-definition.ts';
import { HubError } from '#server/hub-error.ts';
import type { AgentWithMemory, MemoryPorts } from './memory-ports.ts';
import type { MemoryRepository } from './memory-repository.ts';
import { quietMs } from './open-for-run.ts';
import type { SaidMessage, Watch, WatchRepository } from './watch-repository.ts';

const mostMessages = 100;
const mostTokens = 12_000;
const mostAttempts = 3;
const lookTimeoutMs = 90_000;
const mostLooksADay = 50;
const dayMs = 24 * 60 * 60_000;
/** A round leaves what it does not get to for the next. */
const roundMs = 10 * 60_000;

type Needs = { repository: MemoryRepository; watches: WatchRepository; ports: MemoryPorts };
type Reading = AgentWithMemory & { memory: Extract<AgentMemory, { kind: 'person' }> };

/**
 * Looks through conversations that have become quiet for facts about their person, one after another. What was said is read
 * once, whichever process does: the mark of what was read moves in the commit that keeps what was found.
 */
export function createQuietReader({ repository, watches, ports }: Needs) {
  const stopping = new AbortController();
  const later = (ms: number) => new Date(ports.now().getTime() + ms);

  /** The agent as it is now, while the person may use it and it is meant to read along. */
  async function findReading({ userId, agentId }: Watch): Promise<Reading | null> {
    const person = await ports.findPerson(userId);
    if (person === null) return null;
    const found = await ports
      .resolveAgent({ userId, name: person.name, role: person.role, key: null }, agentId)
      .catch(toNull);
    const memory = found?.definition.memory;
    return found === null || memory?.kind !== 'person' || !memory.summarise ? null : { ...found, memory };
  }

  async function look(watch: Watch): Promise<void> {
    const messages = await watches.listUnread(watch, mostMessages);
    const newest = messages.at(-1);
    if (newest === undefined) return watches.drop(watch);
    const quietAt = new Date(newest.createdAt.getTime() + quietMs);
    if (quietAt > ports.now()) return watches.putOff(watch, quietAt);
    const reading = await findReading(watch);
    if (reading === null) return watches.drop(watch);
    if ((await ports.countLooksSince(watch.userId, later(-dayMs))) >= mostLooksADay) {
      return watches.putOff(watch, later(dayMs / 24));
    }
    await lookWith(reading, watch, messages, newest);
  }

  async function lookWith(reading: Reading, watch: Watch, messages: SaidMessage[], newest: SaidMessage) {
    const { agent, definition, memory } = reading;
    const { agentId, userId, conversationId } = watch;
    const notebook = { agentId, userId, kind: 'person' as const };
    const known = await repository.read(notebook, memory.maximumFacts);
    const hasWords = messages.some(({ role, content }) => role === 'user' && content.trim() !== '');
    const found = hasWords
      ? await ports.findFacts(
          { agentId, userId, conversationId, definition, modelOwnerId: agent.ownerId ?? userId },
          {
            known: known.map(({ text }) => text),
            messages,
            maximumTokens: Math.min(mostTokens, (definition.budget.maximumTokensPerRun ?? Infinity) / 2),
            signal: AbortSignal.any([stopping.signal, AbortSignal.timeout(lookTimeoutMs)]),
          },
        )
      : [];
    await watches.finish(watch, {
      to: newest.id,
      notebook,
      maximumFacts: memory.maximumFacts,
      now: ports.now(),
      facts: found.map((fact) => ({ ...fact, createdBy: 'summariser', conversationId })),
    });
  }

  async function tryLook(watch: Watch): Promise<void> {
    try {
      await look(watch);
    } catch (error) {
      if (stopping.signal.aborted) return watches.putOff(watch, ports.now());
      if (error instanceof HubError && error.code === 'budget_exceeded') {
        return watches.putOff(watch, later(dayMs / 24));
      }
      if (!(error instanceof HubError)) ports.logError(error, 'a conversation could not be looked through for facts');
      await (watch.attempts >= mostAttempts
        ? watches.drop(watch)
        : watches.putOff(watch, later(quietMs * watch.attempts)));
    }
  }

  return {
    /** Looks through all that is quiet by now. */
    readQuiet: async (): Promise<void> => {
      const until = Date.now() + roundMs;
      while (Date.now() < until && !stopping.signal.aborted) {
        const watch = await watches.take(ports.now());
        if (watch === null) return;
        await tryLook(watch);
      }
    },
    /** Ends a look that is under way; it is made again later. */
    stop: () => stopping.abort(),
  };
}

function toNull(error: unknown): null {
  if (error instanceof HubError) return null;
  throw error;
}
