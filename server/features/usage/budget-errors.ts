import type { MonthlyBudget, Spending } from '#server/contract/budget.ts';
import type { LocalizedText } from '#server/contract/localized-text.ts';
import { HubError } from '#server/hub-error.ts';
import type { Span, Subject } from './budget-repository.ts';

const names: Record<Subject['kind'], { budget: LocalizedText; raise: LocalizedText }> = {
  agent: {
    budget: { en: 'This agent’s budget', zh: '此智能体的预算' },
    raise: { en: 'Its owner can raise it in the builder.', zh: '其所有者可以在构建页面提高。' },
  },
  conversation: {
    budget: { en: 'The budget of this conversation', zh: '此对话的预算' },
    raise: {
      en: 'Begin a new conversation, or let the agent’s owner raise it in the builder.',
      zh: '请新建对话，或请智能体的所有者在构建页面提高。',
    },
  },
  embed: {
    budget: { en: 'The budget of visitors', zh: '访客的预算' },
    raise: { en: 'The agent’s owner can raise it where it is shared.', zh: '智能体的所有者可以在分享处提高。' },
  },
  key: {
    budget: { en: 'The budget of this API key', zh: '此 API 密钥的预算' },
    raise: { en: 'Its person can raise it on the page of keys.', zh: '密钥的所有者可以在密钥页面提高。' },
  },
  person: {
    budget: { en: 'Your budget', zh: '您的预算' },
    raise: { en: 'An administrator can raise it.', zh: '管理员可以提高。' },
  },
};

/** How much it is and was is their own business. */
export const payerHasSpent = () =>
  new HubError('budget_exceeded', {
    en: 'The budget of the person over whose connection the agent’s model is called is spent. They know more, or an administrator.',
    zh: '智能体的模型通过某人的连接调用，而此人的预算已用完。详情请问此人或管理员。',
  });

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
  const amount = areTokensSpent ? `${maximumTokens}` : usd(maximumUsd ?? 0);
  const unit = areTokensSpent ? { en: ' tokens', zh: ' 个词元' } : { en: '', zh: '' };
  const used = areTokensSpent ? `${spent.tokens}` : usd(spent.costUsd);
  const isHeld = areTokensSpent ? spent.tokens < maximumTokens : spent.costUsd < (maximumUsd ?? 0);
  const month = span?.from.toISOString().slice(0, 7);
  const anew = span?.to.toISOString().slice(0, 10);
  const { budget: name, raise } = names[kind];
  const rest = isHeld
    ? { en: '; calls under way may take the rest', zh: '；其余可能被正在进行的调用占用' }
    : { en: '', zh: '' };
  const renewal =
    anew === undefined
      ? { en: '', zh: '' }
      : { en: ` It starts anew on ${anew} (UTC).`, zh: `${anew}（UTC）重新计算。` };
  return new HubError('budget_exceeded', {
    en: `${name.en}${month === undefined ? '' : ` for ${month}`} is ${amount}${unit.en}, and ${used} are used${rest.en}. ${raise.en}${renewal.en}`,
    zh: `${name.zh}${month === undefined ? '' : `（${month}）`}为 ${amount}${unit.zh}，已使用 ${used}${rest.zh}。${raise.zh}${renewal.zh}`,
  });
}
