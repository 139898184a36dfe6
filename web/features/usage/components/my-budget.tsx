import { useQuery } from '@tanstack/react-query';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { myBudgetQuery } from '#web/features/usage/api/budgets.ts';
import { Card, CardHeader } from '#web/ui/card.tsx';
import { BudgetLines } from './budget-lines.tsx';

/** What one may spend this month and has; nothing where nothing is limited. */
export function MyBudget() {
  const { t } = useTranslation('usage');
  const { data } = useQuery(myBudgetQuery);
  if (!data) return null;
  const { maximumTokens, maximumUsd } = data.budget;
  if (maximumTokens === null && maximumUsd === null) return null;
  const isSpent =
    (maximumTokens !== null && data.spent.tokens >= maximumTokens) ||
    (maximumUsd !== null && data.spent.costUsd >= maximumUsd);
  return (
    <Card className="mb-6">
      <CardHeader title={t('budget.mine')} description={isSpent ? t('budget.spent') : undefined} />
      <BudgetLines budget={data} />
    </Card>
  );
}
