import { useState } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { Button } from '#web/ui/button.tsx';
import { lazyDialog } from '#web/ui/dialog.tsx';

const PersonBudgetDialog = lazyDialog(async () => (await import('./person-budget-dialog.tsx')).PersonBudgetDialog);

/** Opens the budget of a person. */
export function PersonBudgetButton({ person }: { person: { id: string; name: string } }) {
  const { t } = useTranslation('usage');
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <Button size="small" aria-label={t('budget.ofPerson', { name: person.name })} onClick={() => setIsOpen(true)}>
        {t('budget.button')}
      </Button>
      {isOpen && <PersonBudgetDialog open person={person} onClose={() => setIsOpen(false)} />}
    </>
  );
}
