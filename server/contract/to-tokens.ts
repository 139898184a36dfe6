/** More than any model's window. */
const mostTokens = 10_000_000;

/**
 * A count of tokens as who serves a model, an image or a recording says it: whole, never negative, and never more than a call
 * can take, which would lift a budget, use up a stranger's, or keep a run from being stored.
 */
export const toTokens = (told: unknown): number =>
  typeof told === 'number' && told > 0 ? Math.min(mostTokens, Math.round(told)) : 0;
