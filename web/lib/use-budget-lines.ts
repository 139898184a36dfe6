import { useTranslation } from './i18n/use-translation.ts';
import type { MonthlyBudget, Spending } from '#server/contract/budget.ts';
import { useFormat } from './format.ts';

/** A limit with what is used of it; `share` is from 0, and 1 or more when it is spent. */
export type BudgetLine = { kind: 'tokens' | 'usd'; text: string; share: number };

/** The limits that a budget has, as they are shown; none where nothing is limited. */
export function useBudgetLines({ maximumTokens, maximumUsd }: MonthlyBudget, spent: Spending): BudgetLine[] {
  const { t } = useTranslation('common');
  const format = useFormat();
  const lines: BudgetLine[] = [];
  if (maximumTokens !== null) {
    const texts = { used: format.number(spent.tokens), limit: format.number(maximumTokens) };
    lines.push({ kind: 'tokens', text: t('budget.usedTokens', texts), share: spent.tokens / maximumTokens });
  }
  if (maximumUsd !== null) {
    const texts = { used: format.usd(spent.costUsd), limit: format.usd(maximumUsd) };
    lines.push({ kind: 'usd', text: t('budget.usedUsd', texts), share: spent.costUsd / maximumUsd });
  }
  return lines;
}
