import type { MonthlyBudget, Spending } from '#server/contract/budget.ts';
import { HubError } from '#server/hub-error.ts';
import type { Span, Subject } from './budget-repository.ts';

const names: Record<Subject['kind'], { budget: string; raise: string }> = {
  agent: { budget: 'This agent’s budget', raise: 'Its owner can raise it in the builder.' },
  conversation: {
    budget: 'The budget of this conversation',
    raise: 'Begin a new conversation, or let the agent’s owner raise it in the builder.',
  },
  embed: { budget: 'The budget of visitors', raise: 'The agent’s owner can raise it where it is shared.' },
  key: { budget: 'The budget of this API key', raise: 'Its person can raise it on the page of keys.' },
  person: { budget: 'Your budget', raise: 'An administrator can raise it.' },
};

/** How much it is and was is their own business. */
export const payerHasSpent = () =>
  new HubError(
    'budget_exceeded',
    'The budget of the person over whose connection the agent’s model is called is spent. They know more, or an administrator.',
  );

const usd = (amount: number) => `$${Number(amount.toFixed(6))}`;

/**
 * Says which limit is met, also with what is held for calls under way, how much was used of it, and what to do; null where
 * none is. Pure.
 */
export function findSpentBudget(
  { kind }: Pick<Subject, 'kind'>,
  budget: MonthlyBudget,
  { spent, held }: { spent: Spending; held: Spending },
  span: Span | null,
): HubError | null {
  const { maximumTokens, maximumUsd } = budget;
  const areTokensSpent = maximumTokens !== null && spent.tokens + held.tokens >= maximumTokens;
  const areUsdSpent = maximumUsd !== null && spent.costUsd + held.costUsd >= maximumUsd;
  if (!areTokensSpent && !areUsdSpent) return null;
  const limit = areTokensSpent ? `${maximumTokens} tokens` : usd(maximumUsd ?? 0);
  const used = areTokensSpent ? `${spent.tokens}` : usd(spent.costUsd);
  const isHeld = areTokensSpent ? spent.tokens < maximumTokens : spent.costUsd < (maximumUsd ?? 0);
  const rest = isHeld ? '; calls under way may take the rest' : '';
  const month = span === null ? '' : ` for ${span.from.toISOString().slice(0, 7)}`;
  const anew = span === null ? '' : ` It starts anew on ${span.to.toISOString().slice(0, 10)} (UTC).`;
  const { budget: name, raise } = names[kind];
  return new HubError('budget_exceeded', `${name}${month} is ${limit}, and ${used} are used${rest}. ${raise}${anew}`);
}
