import { createHash } from 'node:crypto';
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
import type { PageQuery } from '#server/contract/page.ts';
import { createMinuteLimiter } from '#server/minute-limiter.ts';
import {
  embedClosed,
  embedSpent,
  nothingToAnswer,
  siteNotAllowed,
  siteUnknown,
  tooManyMessages,
  toVisitorError,
  visitFull,
  visitGone,
} from './embed-errors.ts';
import type { EmbedPorts, VisitRun } from './embed-ports.ts';
import type { EmbedRepository, VisitRecord } from './embed-repository.ts';
import { toVisitorEvent } from './to-visitor-event.ts';
import { createVisitTickets } from './visit-tickets.ts';

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
  const tickets = createVisitTickets({ sign: ports.sign, now: ports.now });

  /** @throws {HubError} `forbidden` */
  async function getOpen(reference: string): Promise<{ shared: Shared; settings: EmbedSettings }> {
    const shared = await ports.findShared(reference);
    const settings = shared && (await repository.findSettings(shared.id));
    if (shared === null || settings?.isEnabled !== true) throw embedClosed();
    return { shared, settings };
  }

  async function findVisit(shared: Shared, token: string): Promise<VisitRecord | null> {
    const visit = await repository.findVisit(toHash(token));
    return visit?.agentId === shared.id ? visit : null;
  }

  /** @throws {HubError} `forbidden`, `not_found` */
  async function getVisit({ agent, token }: Visitor) {
    const open = await getOpen(agent);
    const visit = await findVisit(open.shared, token);
    if (visit === null) throw visitGone();
    return { ...open, visit, actor: toActor(visit) };
  }

  /** @throws {HubError} `budget_exceeded` */
  async function withinRuns<Started>(shared: Shared, start: () => Promise<Started>): Promise<Started> {
    const month = ports.toMonth(ports.now());
    if (!(await repository.claimRun(shared, month))) throw embedSpent();
    try {
      return await start();
    } catch (error) {
      await repository.releaseRun(shared, month);
      throw error;
    }
  }

  /** Starts the first run of a visit with the visit itself; what was refused leaves nothing behind. */
  async function withVisit<Started>(
    shared: Shared,
    token: string,
    start: (visit: VisitRecord) => Promise<Started>,
  ): Promise<Started> {
    const isNew = await repository.addVisit(
      toHash(token),
      { agentId: shared.id, ownerId: shared.ownerId },
      ports.now(),
    );
    const visit = await repository.findVisit(toHash(token));
    if (visit === null) throw visitGone();
    try {
      return await start(visit);
    } catch (error) {
      if (isNew) await ports.forgetConversation(visit.conversationId);
      throw error;
    }
  }

  async function toInput(
    visit: VisitRecord | null,
    { input, again }: VisitRunInput,
    { maximumMessages }: EmbedSettings,
  ) {
    if (again !== true) {
      const asked = visit === null ? 0 : await repository.countQuestions(visit.conversationId);
      if (asked >= maximumMessages) throw visitFull(maximumMessages);
      return { input };
    }
    const leafMessageId = visit?.leafMessageId ?? null;
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
      const { identity, opening, translations, variables } = shared.definition;
      const { name, tagline, avatar } = identity;
      const { message, starters } = opening;
      const { color, position, maximumMessages } = settings;
      const agent = { handle: shared.handle, name, tagline, avatar, translations };
      return { agent, message, starters, variables, color, position, maximumMessages };
    },

    /** @throws {HubError} `forbidden`, `not_found` */
    readPortrait: async (reference: string) => ports.readAvatar((await getOpen(reference)).shared.id),

    /** @throws {HubError} `forbidden` */
    beginVisit: async (reference: string, shownOn: string | null): Promise<{ token: string }> => {
      const { shared, settings } = await getOpen(reference);
      if (shownOn === null) throw siteUnknown();
      const site = toSite(shownOn);
      if (!isAllowedSite(settings.origins, site)) throw siteNotAllowed(site);
      return { token: tickets.make(shared.id) };
    },

    /** Forgets what was said. @throws {HubError} `forbidden`, `not_found` */
    endVisit: async (visitor: Visitor): Promise<void> => {
      const { visit } = await getVisit(visitor);
      await ports.forgetConversation(visit.conversationId);
    },

    /** @throws {HubError} as a run's start does, in words for strangers */
    startRun: async ({ agent, token }: Visitor, asked: VisitRunInput, language: 'en' | 'zh'): Promise<VisitRun> => {
      const { shared, settings } = await getOpen(agent);
      const known = await findVisit(shared, token);
      if (known === null && !tickets.isGood(shared.id, token)) throw visitGone();
      limit(toHash(token));
      const input = { ...(await toInput(known, asked, settings)), variables: asked.variables };
      const start = (visit: VisitRecord) =>
        ports.startRun(
          toActor(visit),
          shared.id,
          { ...input, conversationId: visit.conversationId },
          { language, startedBy: { kind: 'embed', agent: shared.id }, show: toVisitorEvent(language) },
        );
      return withinRuns(shared, () => (known === null ? withVisit(shared, token, start) : start(known))).catch(
        (error: unknown) => {
          throw toVisitorError(error);
        },
      );
    },

    /** @throws {HubError} `forbidden`, `not_found` */
    openRun: async (visitor: Visitor, run: string, language: 'en' | 'zh'): Promise<VisitRun> =>
      ports.openRun((await getVisit(visitor)).actor, run, toVisitorEvent(language)),

    /** @throws {HubError} `forbidden`, `not_found` */
    cancelRun: async (visitor: Visitor, run: string): Promise<void> => {
      await ports.cancelRun((await getVisit(visitor)).actor, run);
    },

    /** @throws {HubError} `forbidden`, `not_found` */
    readConversation: async (visitor: Visitor, query: PageQuery): Promise<VisitConversation> => {
      const { visit, settings } = await getVisit(visitor);
      const { conversationId: id, leafMessageId } = visit;
      const [{ items, nextCursor }, activeRun, asked] = await Promise.all([
        ports.listMessages({ id, leafMessageId }, query),
        ports.findActiveRun(id),
        repository.countQuestions(id),
      ]);
      const messagesLeft = Math.max(0, settings.maximumMessages - asked);
      return { items: items.map(toVisitMessage), nextCursor, activeRun, messagesLeft };
    },

    /** A file that a run of the visit made. @throws {HubError} `forbidden`, `not_found` */
    openFile: async (visitor: Visitor, file: string) => {
      const { actor } = await getVisit(visitor);
      return ports.openFile(actor, file);
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
