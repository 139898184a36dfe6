import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { PersonBudget } from '#server/contract/budget.ts';
import { useFormat } from '#web/lib/format.ts';
import { useBudgetLines } from '#web/lib/use-budget-lines.ts';
import { Progress } from '#web/ui/progress.tsx';

/** How much of a month's budget is used, and when it starts anew. */
export function BudgetLines({ budget: { budget, spent, renewsAt } }: { budget: PersonBudget }) {
  const { t } = useTranslation('usage');
  const format = useFormat();
  const lines = useBudgetLines(budget, spent);
  if (lines.length === 0) return <p className="text-sm text-ink-soft">{t('common:budget.noLimit')}</p>;
  return (
    <div className="grid gap-3 text-sm">
      {lines.map(({ kind, text, share }) => (
        <div key={kind} className="grid gap-1.5">
          <span className={share >= 1 ? 'font-medium text-danger' : 'font-medium'}>{text}</span>
          <Progress label={text} value={share} />
        </div>
      ))}
      <p className="text-ink-faint">{t('budget.renews', { date: format.calendarDay(renewsAt.slice(0, 10)) })}</p>
    </div>
  );
}
