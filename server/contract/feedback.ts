import { z } from 'zod';
import { Timestamp } from './identifier.ts';
import { PageQuery, pageOf } from './page.ts';

export const FeedbackRating = z.enum(['up', 'down']);
export type FeedbackRating = z.infer<typeof FeedbackRating>;

/** Why an answer was good, or was not. */
export const FeedbackReason = z.enum([
  'correct',
  'clear',
  'complete',
  'wrong',
  'not-what-i-asked',
  'incomplete',
  'too-long',
  'sources-missing',
  'tool-failed',
  'unsafe',
]);
export type FeedbackReason = z.infer<typeof FeedbackReason>;

/** What a person says of an answer. The agent's owner reads it, but not who said it, nor the conversation. */
export const Feedback = z.strictObject({
  rating: FeedbackRating,
  reasons: z.array(FeedbackReason).max(10).default([]),
  text: z.string().trim().max(2000).default(''),
});
export type Feedback = z.infer<typeof Feedback>;

/** What was said of one answer of an agent, as its owner reads it. */
export const ReceivedFeedback = Feedback.extend({
  /** The version that answered; null for the draft. */
  version: z.number().int().nullable(),
  model: z.string(),
  createdAt: Timestamp,
});
export type ReceivedFeedback = z.infer<typeof ReceivedFeedback>;

/** Newest first; `sums` counts all that was said of the agent, not the page. */
export const ReceivedFeedbackList = pageOf(ReceivedFeedback).extend({
  sums: z.object({
    up: z.number().int(),
    down: z.number().int(),
    reasons: z.array(z.object({ reason: FeedbackReason, count: z.number().int() })),
  }),
});
export type ReceivedFeedbackList = z.infer<typeof ReceivedFeedbackList>;

export const FeedbackListQuery = PageQuery.extend({ rating: FeedbackRating.optional() });
