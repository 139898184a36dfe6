import type { z } from 'zod';
import type { Actor } from '#server/contract/actor.ts';
import {
  type Feedback,
  type FeedbackListQuery,
  FeedbackReason,
  type FeedbackRating,
  type ReceivedFeedbackList,
} from '#server/contract/feedback.ts';
import { readPageCursor, toPage } from '#server/page-cursor.ts';
import type { FeedbackRepository, RatedAnswer } from './feedback-repository.ts';

type Ports = {
  /** An answer in a conversation of the actor's. @throws {HubError} `not_found` */
  findAnswer: (actor: Actor, messageId: string) => Promise<RatedAnswer>;
  /** An agent that the actor may edit. @throws {HubError} `not_found`, `forbidden` */
  findAgent: (actor: Actor, reference: string) => Promise<{ id: string }>;
  now: () => Date;
};

/**
 * What people say of answers. An answer is rated by the person of its conversation; the agent's owner reads what was said, but
 * not by whom and in which conversation.
 */
export function createFeedbackService({ repository, ports }: { repository: FeedbackRepository; ports: Ports }) {
  return {
    rate: async (actor: Actor, messageId: string, feedback: Feedback): Promise<Feedback> => {
      const answer = await ports.findAnswer(actor, messageId);
      const said = { ...feedback, reasons: [...new Set(feedback.reasons)] };
      await repository.put(answer, actor.userId, said, ports.now());
      return said;
    },

    takeBack: async (actor: Actor, messageId: string): Promise<void> => {
      await repository.remove((await ports.findAnswer(actor, messageId)).messageId);
    },

    list: async (
      actor: Actor,
      reference: string,
      { limit, cursor, rating }: z.output<typeof FeedbackListQuery>,
    ): Promise<ReceivedFeedbackList> => {
      const { id: agentId } = await ports.findAgent(actor, reference);
      const after = readPageCursor(cursor);
      const found = await repository.list({ agentId, rating, after, limit: limit + 1 });
      const { items, nextCursor } = toPage(found, limit, ({ createdAt, messageId }) => ({
        at: createdAt,
        id: messageId,
      }));
      const [ratings, reasons] = await Promise.all([
        repository.countRatings(agentId),
        repository.countReasons(agentId),
      ]);
      return {
        items: items.map((said) => ({
          rating: said.rating as FeedbackRating,
          reasons: said.reasons.flatMap((reason) => FeedbackReason.safeParse(reason).data ?? []),
          text: said.text,
          version: said.version,
          model: said.model,
          createdAt: said.createdAt.toISOString(),
        })),
        nextCursor,
        sums: {
          ...ratings,
          reasons: reasons.flatMap(({ reason, count }) => {
            const known = FeedbackReason.safeParse(reason).data;
            return known === undefined ? [] : [{ reason: known, count }];
          }),
        },
      };
    },
  };
}
export type FeedbackService = ReturnType<typeof createFeedbackService>;
