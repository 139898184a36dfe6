import { useQuery } from '@tanstack/react-query';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { everybodysBudgetQuery, setEverybodysBudget } from '#web/features/usage/api/budgets.ts';
import { Card, CardHeader } from '#web/ui/card.tsx';
import { ErrorPanel } from '#web/ui/error-panel.tsx';
import { SkeletonList } from '#web/ui/skeleton.tsx';
import { BudgetForm } from './budget-form.tsx';

/** The budget of each person who has none of their own, for administrators. */
export function EverybodysBudget() {
  const { t } = useTranslation('usage');
  const { data, error, refetch } = useQuery(everybodysBudgetQuery);
  return (
    <Card id="everybodys-budget">
      <CardHeader title={t('budget.everybody')} description={t('budget.everybodyText')} />
      {error && <ErrorPanel error={error} onRetry={refetch} />}
      {!data && !error && <SkeletonList rows={1} />}
      {data && <BudgetForm budget={data} send={setEverybodysBudget} />}
    </Card>
  );
}
