import type { FeedbackRating, FeedbackReason } from '#server/contract/feedback.ts';

/** The reasons that are offered for a rating. */
export const reasonsFor: Record<FeedbackRating, readonly FeedbackReason[]> = {
  up: ['correct', 'clear', 'complete'],
  down: ['wrong', 'not-what-i-asked', 'incomplete', 'too-long', 'sources-missing', 'tool-failed', 'unsafe'],
};
