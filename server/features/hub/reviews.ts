import type { Actor } from '#server/contract/actor.ts';
import type { HubReview, ReviewAnswerInput, ReviewInput } from '#server/contract/hub.ts';
import type { Page, PageQuery } from '#server/contract/page.ts';
import { readPageCursor, toPage } from '#server/page-cursor.ts';
import { withoutInvisible } from '#server/without-invisible.ts';
import {
  answeredAlready,
  notOnHub,
  notYoursToAnswer,
  noReviewOfYours,
  ownAgent,
  reviewNotFound,
  reviewWithoutUse,
} from './hub-errors.ts';
import { canAnswer, canModerate, isOwner } from './hub-policy.ts';
import type { HubPorts, SharedAgent } from './hub-ports.ts';
import type { HubRepository } from './hub-repository.ts';
import type { ReviewRecord, ReviewRepository } from './review-repository.ts';

export function presentReview(actor: Actor, agent: SharedAgent['agent'], review: ReviewRecord): HubReview {
  const { id, stars, text, version, answer, answeredAt, updatedAt, user } = review;
  return {
    id,
    author: user.name,
    stars,
    text,
    version,
    updatedAt: updatedAt.toISOString(),
    answer: answer === null ? null : { text: answer, at: (answeredAt ?? updatedAt).toISOString() },
    can: { answer: answer === null && canAnswer(actor, agent), remove: canModerate(actor) },
  };
}

/** What people who used an agent say of it, and what its owner says to that. Texts are plain text. */
export function createReviews({
  repository,
  uses,
  ports,
}: {
  repository: ReviewRepository;
  uses: Pick<HubRepository, 'hasUsed'>;
  ports: HubPorts;
}) {
  return {
    async listReviews(
      actor: Actor,
      { agent: reference, cursor, limit }: { agent: string } & PageQuery,
    ): Promise<Page<HubReview>> {
      const { agent } = await ports.findAgent(actor, reference);
      const found = await repository.list(agent.id, { after: readPageCursor(cursor), limit: limit + 1 });
      const { items, nextCursor } = toPage(found, limit, ({ updatedAt, id }) => ({ at: updatedAt, id }));
      return { items: items.map((review) => presentReview(actor, agent, review)), nextCursor };
    },

    /** @throws {HubError} `not_found`; `forbidden` for the owner, and for who has not used the agent */
    async writeReview(actor: Actor, reference: string, { stars, text }: ReviewInput): Promise<HubReview> {
      const { agent } = await ports.findAgent(actor, reference);
      if (agent.publishedVersion === null) throw notOnHub(reference);
      if (isOwner(actor, agent)) throw ownAgent('review');
      if (!(await uses.hasUsed(actor.userId, agent.id))) throw reviewWithoutUse();
      const review = { stars, text: withoutInvisible(text).trim(), version: agent.publishedVersion, at: ports.now() };
      return presentReview(actor, agent, await repository.write({ agentId: agent.id, userId: actor.userId }, review));
    },

    /** @throws {HubError} `not_found` */
    async removeOwnReview(actor: Actor, reference: string): Promise<void> {
      const { agent } = await ports.findAgent(actor, reference);
      if (!(await repository.remove(agent.id, { userId: actor.userId }))) throw noReviewOfYours();
    },

    /** For administrators. @throws {HubError} `not_found` */
    async removeReview(id: string): Promise<{ agentId: string }> {
      const review = await repository.find(id);
      if (review === null) throw reviewNotFound(id);
      await repository.remove(review.agentId, { id });
      return { agentId: review.agentId };
    },

    /** @throws {HubError} `not_found`; `forbidden` for others than the owner; `conflict` after the first answer */
    async answerReview(actor: Actor, id: string, { text }: ReviewAnswerInput): Promise<HubReview> {
      const review = await repository.find(id);
      const found = review && (await ports.findAgent(actor, review.agentId).catch(() => null));
      if (review === null || found === null) throw reviewNotFound(id);
      if (!canAnswer(actor, found.agent)) throw notYoursToAnswer();
      const answer = withoutInvisible(text).trim();
      const at = ports.now();
      if (!(await repository.answer(id, answer, at))) throw answeredAlready();
      return presentReview(actor, found.agent, { ...review, answer, answeredAt: at });
    },
  };
}
