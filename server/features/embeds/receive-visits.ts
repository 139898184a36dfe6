import { createHash, randomBytes } from 'node:crypto';
import type { Actor } from '#server/contract/actor.ts';
import {
  type EmbedOpening,
  type EmbedSettings,
  isAllowedSite,
  type VisitConversation,
  type VisitMessage,
  type VisitRunInput,
} from '#server/contract/embed.ts';
import type { Message } from '#server/contract/conversation.ts';
import { createMinuteLimiter } from '#server/minute-limiter.ts';
import {
  embedClosed,
  embedSpent,
  nothingToAnswer,
  siteNotAllowed,
  siteUnknown,
  tooManyMessages,
  toVisitorError,
  visitGone,
} from './embed-errors.ts';
import type { EmbedPorts, VisitRun } from './embed-ports.ts';
import type { EmbedRepository, VisitRecord } from './embed-repository.ts';
import { toVisitorEvent } from './to-visitor-event.ts';

const mostMessagesAMinute = 10;

/** Who asks with which token, of which agent. */
export type Visitor = { agent: string; token: string };

type Shared = NonNullable<Awaited<ReturnType<EmbedPorts['findShared']>>>;

const toHash = (token: string) => createHash('sha256').update(token).digest('hex');
const toSite = (address: string) => (URL.canParse(address) ? new URL(address).origin : address);

/**
 * Visitors of sites that show an agent. Nobody signs in: who holds a visit's token has its one conversation, in the name of
 * the agent's owner, who pays for it within the limits of the embed.
 */
export function createVisitReceiver({ repository, ports }: { repository: EmbedRepository; ports: EmbedPorts }) {
  const limit = createMinuteLimiter({ most: mostMessagesAMinute, toRefusal: tooManyMessages, now: ports.now });
  /** Runs that are being started, so that visitors side by side stop at the same limit. */
  const starting = new Map<string, number>();

  /** @throws {HubError} `forbidden` */
  async function getOpen(reference: string): Promise<{ shared: Shared; settings: EmbedSettings }> {
    const shared = await ports.findShared(reference);
    const settings = shared && (await repository.findSettings(shared.id));
    if (shared === null || settings?.isEnabled !== true) throw embedClosed();
    return { shared, settings };
  }

  /** @throws {HubError} `forbidden`, `not_found` */
  async function getVisit({ agent, token }: Visitor) {
    const open = await getOpen(agent);
    const visit = await repository.findVisit(toHash(token));
    if (visit === null || visit.agentId !== open.shared.id) throw visitGone();
    return { ...open, visit, actor: toActor(visit) };
  }

  /** @throws {HubError} `budget_exceeded` */
  async function withinRuns<Started>(
    shared: Shared,
    { maximumRunsPerMonth }: EmbedSettings,
    start: () => Promise<Started>,
  ): Promise<Started> {
    const others = starting.get(shared.id) ?? 0;
    starting.set(shared.id, others + 1);
    try {
      const { runs } = await repository.sumUse(shared, ports.toMonth(ports.now()));
      if (runs + others >= (maximumRunsPerMonth ?? 0)) throw embedSpent();
      return await start();
    } finally {
      const left = (starting.get(shared.id) ?? 1) - 1;
      if (left === 0) starting.delete(shared.id);
      else starting.set(shared.id, left);
    }
  }

  async function toInput({ leafMessageId }: VisitRecord, { input, again }: Omit<VisitRunInput, 'variables'>) {
    if (again !== true) return { input };
    const parentMessageId = leafMessageId === null ? null : await repository.findQuestion(leafMessageId);
    if (parentMessageId === null) throw nothingToAnswer();
    return { parentMessageId };
  }

  return {
    /** Which sites may show an agent; null where none may. */
    findSites: async (reference: string): Promise<string[] | null> => {
      const shared = await ports.findShared(reference);
      const settings = shared && (await repository.findSettings(shared.id));
      return settings?.isEnabled === true ? settings.origins : null;
    },

    /** @param site - the origin that asks; null where that is the hub itself. @throws {HubError} `forbidden` */
    readOpening: async (reference: string, site: string | null): Promise<EmbedOpening> => {
      const { shared, settings } = await getOpen(reference);
      if (site !== null && !isAllowedSite(settings.origins, site)) throw siteNotAllowed(site);
      const { identity, opening, variables } = shared.definition;
      const { name, tagline, avatar } = identity;
      const { message, starters } = opening;
      const { color, position } = settings;
      return { agent: { handle: shared.handle, name, tagline, avatar }, message, starters, variables, color, position };
    },

    /** @throws {HubError} `forbidden`, `not_found` */
    readPortrait: async (reference: string) => ports.readAvatar((await getOpen(reference)).shared.id),

    /** @throws {HubError} `forbidden` */
    beginVisit: async (reference: string, shownOn: string | null): Promise<{ token: string }> => {
      const { shared, settings } = await getOpen(reference);
      if (shownOn === null) throw siteUnknown();
      const site = toSite(shownOn);
      if (!isAllowedSite(settings.origins, site)) throw siteNotAllowed(site);
      const token = randomBytes(24).toString('base64url');
      await repository.addVisit(toHash(token), { agentId: shared.id, ownerId: shared.ownerId }, ports.now());
      return { token };
    },

    /** Forgets what was said. @throws {HubError} `forbidden`, `not_found` */
    endVisit: async (visitor: Visitor): Promise<void> => {
      const { visit } = await getVisit(visitor);
      await ports.forgetConversation(visit.conversationId);
    },

    /** @throws {HubError} as a run's start does, in words for strangers */
    startRun: async (visitor: Visitor, asked: VisitRunInput, language: 'en' | 'zh'): Promise<VisitRun> => {
      const { shared, settings, visit, actor } = await getVisit(visitor);
      limit(visit.conversationId);
      const { variables, ...said } = asked;
      const input = { ...(await toInput(visit, said)), conversationId: visit.conversationId, variables };
      return withinRuns(shared, settings, () =>
        ports.startRun(actor, shared.id, input, {
          language,
          startedBy: { kind: 'embed', agent: shared.id },
          show: toVisitorEvent,
        }),
      ).catch((error: unknown) => {
        throw toVisitorError(error);
      });
    },

    /** @throws {HubError} `forbidden`, `not_found` */
    openRun: async (visitor: Visitor, run: string): Promise<VisitRun> =>
      ports.openRun((await getVisit(visitor)).actor, run, toVisitorEvent),

    /** @throws {HubError} `forbidden`, `not_found` */
    cancelRun: async (visitor: Visitor, run: string): Promise<void> => {
      await ports.cancelRun((await getVisit(visitor)).actor, run);
    },

    /** @throws {HubError} `forbidden`, `not_found` */
    readConversation: async (visitor: Visitor): Promise<VisitConversation> => {
      const { visit } = await getVisit(visitor);
      const { conversationId: id, leafMessageId } = visit;
      const messages: VisitMessage[] = [];
      for await (const message of ports.readMessages({ id, leafMessageId })) messages.push(toVisitMessage(message));
      return { messages, activeRun: await ports.findActiveRun(id) };
    },

    /** A file that a run of the visit made. @throws {HubError} `forbidden`, `not_found` */
    openFile: async (visitor: Visitor, file: string) => {
      const { visit } = await getVisit(visitor);
      if (!(await repository.hasMade(visit.conversationId, file))) throw visitGone();
      return ports.openFile(visit.ownerId, file);
    },
  };
}

const toActor = ({ agentId, ownerId, conversationId }: VisitRecord): Actor => ({
  userId: ownerId,
  name: 'Visitor',
  role: 'member',
  key: null,
  visit: { agent: agentId, conversation: conversationId },
});

function toVisitMessage({ id, role, content, run }: Message): VisitMessage {
  const answer = role === 'assistant' ? run : null;
  return {
    id,
    role,
    content,
    status: answer?.status ?? null,
    sources: answer?.sources ?? [],
    artifacts: (answer?.artifacts ?? []).filter(({ kind }) => kind !== 'proposal'),
  };
}
