import type { Actor } from '#server/contract/actor.ts';
import {
  type HubReport,
  type HubSettings,
  type ListingDecision,
  type ListingRequest,
  mostFeatured,
  type ReportInput,
  type ReportOutcome,
  ReportReason,
} from '#server/contract/hub-moderation.ts';
import type { HubAgent } from '#server/contract/hub.ts';
import type { Page, PageQuery } from '#server/contract/page.ts';
import { readPageCursor, toPage } from '#server/page-cursor.ts';
import { withoutInvisible } from '#server/without-invisible.ts';
import { notForTheHub, notListed, notOnHub, ownAgent, reportedAlready, reportNotFound } from './hub-errors.ts';
import { isOwner, listSeenAgents } from './hub-policy.ts';
import type { HubPorts } from './hub-ports.ts';
import type { HubRepository } from './hub-repository.ts';
import type { ModerationRepository } from './moderation-repository.ts';

const clean = (text: string) => withoutInvisible(text).trim();

/** Reports of people, and what administrators decide: who stands on the hub, and who in front. */
export function createModeration({
  repository,
  agents,
  ports,
}: {
  repository: ModerationRepository;
  agents: Pick<HubRepository, 'listRequests' | 'listFeatured' | 'findFacts'>;
  ports: HubPorts;
}) {
  const toLooker = (actor: Actor) => ({ userId: actor.userId, agentIds: listSeenAgents(actor) });

  return {
    /** @throws {HubError} `not_found`; `forbidden` for one's own; `conflict` for the second time */
    async reportAgent(actor: Actor, reference: string, { reason, text }: ReportInput): Promise<void> {
      const { agent } = await ports.findAgent(actor, reference);
      if (agent.publishedVersion === null) throw notOnHub(reference);
      if (isOwner(actor, agent)) throw ownAgent('report');
      const report = { reason, text: clean(text) };
      if (!(await repository.addReport(agent.id, actor.userId, report, ports.now()))) throw reportedAlready();
    },

    async listReports({ cursor, limit }: PageQuery): Promise<Page<HubReport>> {
      const found = await repository.listReports({ after: readPageCursor(cursor), limit: limit + 1 });
      const { items, nextCursor } = toPage(found, limit, ({ createdAt, id }) => ({ at: createdAt, id }));
      return {
        items: items.map(({ user, createdAt, reason, ...report }) => ({
          id: report.id,
          agent: report.agent,
          text: report.text,
          reporter: user.name,
          reason: ReportReason.parse(reason),
          createdAt: createdAt.toISOString(),
        })),
        nextCursor,
      };
    },

    /** Answers whose report it was. @throws {HubError} `not_found`, also for one that is settled */
    async settleReport(id: string, { outcome, reason }: ReportOutcome): Promise<{ agentId: string }> {
      const report = await repository.findReport(id);
      if (report === null) throw reportNotFound(id);
      if (outcome === 'dismiss') await repository.dismiss(id, ports.now());
      else await repository.unlist(report.agent.id, clean(reason), ports.now());
      return { agentId: report.agent.id };
    },

    async listRequests(
      actor: Actor,
      { state, cursor, limit }: { state: 'waiting' | 'refused' } & PageQuery,
    ): Promise<Page<ListingRequest>> {
      const after = readPageCursor(cursor);
      const found = await agents.listRequests(toLooker(actor), { state, after, limit: limit + 1 });
      const page = toPage(found, limit, ({ publishedAt, id }) => ({ at: new Date(publishedAt), id }));
      return { ...page, items: page.items.map((agent) => ({ ...agent, listing: state })) };
    },

    /** @throws {HubError} `not_found`; `conflict` where the owner does not want it on the hub */
    async decideListing(actor: Actor, reference: string, { outcome, reason }: ListingDecision): Promise<void> {
      const { agent } = await ports.findAgent(actor, reference);
      if (agent.publishedVersion === null || agent.visibility !== 'hub') throw notForTheHub(agent.handle);
      if (outcome === 'approve') await repository.decide(agent.id, 'approved', '');
      else await repository.decide(agent.id, 'refused', clean(reason));
    },

    listFeatured: (actor: Actor): Promise<HubAgent[]> => agents.listFeatured(toLooker(actor), mostFeatured),

    /** Sets who is featured, in this order. @throws {HubError} `not_found`; `validation_failed` for who is not on the hub */
    async feature(actor: Actor, references: string[]): Promise<void> {
      const ids = [];
      for (const [index, reference] of references.entries()) {
        const { agent } = await ports.findAgent(actor, reference);
        if ((await agents.findFacts(agent.id)).listing !== 'listed') throw notListed(index, reference);
        ids.push(agent.id);
      }
      await repository.feature([...new Set(ids)]);
    },

    readSettings: (): Promise<HubSettings> => repository.readSettings(),

    async writeSettings(settings: HubSettings): Promise<HubSettings> {
      await repository.writeSettings(settings);
      return settings;
    },
  };
}
