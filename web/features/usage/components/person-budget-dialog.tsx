import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { PersonBudget } from '#server/contract/budget.ts';
import { personBudgetQuery, setPersonBudget } from '#web/features/usage/api/budgets.ts';
import { Dialog } from '#web/ui/dialog.tsx';
import { ErrorPanel } from '#web/ui/error-panel.tsx';
import { SkeletonList } from '#web/ui/skeleton.tsx';
import { SwitchField } from '#web/ui/switch-field.tsx';
import { BudgetForm } from './budget-form.tsx';
import { BudgetLines } from './budget-lines.tsx';

type PersonBudgetDialogProps = {
  open: boolean;
  person: { id: string; name: string };
  onClose: () => void;
};

/** What a person has spent this month, and the budget that an administrator sets for them. */
export function PersonBudgetDialog({ open, person, onClose }: PersonBudgetDialogProps) {
  const { t } = useTranslation('usage');
  const { data, error, refetch } = useQuery(personBudgetQuery(person.id));
  return (
    <Dialog
      open={open}
      onOpenChange={onClose}
      title={t('budget.ofPerson', { name: person.name })}
      description={t('budget.ofPersonText')}
    >
      {error && <ErrorPanel error={error} onRetry={refetch} />}
      {!data && !error && <SkeletonList rows={2} />}
      {data && <OwnBudget stored={data} onDone={onClose} />}
    </Dialog>
  );
}

function OwnBudget({ stored, onDone }: { stored: PersonBudget; onDone: () => void }) {
  const { t } = useTranslation('usage');
  const [isOwn, setIsOwn] = useState(stored.own !== null);
  return (
    <div className="grid gap-5">
      <BudgetLines budget={stored} />
      <BudgetForm
        budget={stored.budget}
        disabled={!isOwn}
        send={(budget) => setPersonBudget(stored.person, isOwn ? budget : null)}
        onDone={onDone}
      >
        <SwitchField
          label={t('budget.ownSwitch')}
          checked={isOwn}
          onChange={(event) => setIsOwn(event.target.checked)}
        />
      </BudgetForm>
    </div>
  );
}
