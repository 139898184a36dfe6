import { Gauge } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { lazyDialog } from '#web/ui/dialog.tsx';
import { IconButton } from '#web/ui/icon-button.tsx';

const PersonBudgetDialog = lazyDialog(async () => (await import('./person-budget-dialog.tsx')).PersonBudgetDialog);

/** Opens the budget of a person. */
export function PersonBudgetButton({ person }: { person: { id: string; name: string } }) {
  const { t } = useTranslation('usage');
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <IconButton
        size="small"
        label={t('budget.ofPerson', { name: person.name })}
        icon={<Gauge />}
        onClick={() => setIsOpen(true)}
      />
      {isOpen && <PersonBudgetDialog open person={person} onClose={() => setIsOpen(false)} />}
    </>
  );
}
