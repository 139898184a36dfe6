import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Person } from '#server/contract/account.ts';
import { peopleKey } from '#web/features/accounts/api/list-people.ts';
import { personHoldingsQuery } from '#web/features/accounts/api/person-holdings.ts';
import { removePerson } from '#web/features/accounts/api/remove-person.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { Button } from '#web/ui/button.tsx';
import { ChoiceCards } from '#web/ui/choice-cards.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { ErrorPanel } from '#web/ui/error-panel.tsx';
import { SelectField } from '#web/ui/select-field.tsx';
import { SkeletonList } from '#web/ui/skeleton.tsx';
import { showToast } from '#web/ui/toast-store.ts';
import { HoldingsSummary } from './holdings-summary.tsx';

type RemovePersonDialogProps = {
  open: boolean;
  person: Person;
  /** Who may have the agents that others use. */
  heirs: Person[];
  onClose: () => void;
};

/** Says what goes with a person, asks what becomes of agents that others use, and removes the person. */
export function RemovePersonDialog({ open, person, heirs, onClose }: RemovePersonDialogProps) {
  const { t } = useTranslation('accounts');
  const cache = useQueryClient();
  const { data: holdings, error, refetch } = useQuery({ ...personHoldingsQuery(person.id), enabled: open });
  const [outcome, setOutcome] = useState<'hand-over' | 'take-down'>('hand-over');
  const [heir, setHeir] = useState(heirs[0]?.id ?? '');
  const isHandedOver = holdings !== undefined && holdings.sharedAgents.length > 0 && outcome === 'hand-over';
  const removal = useMutation({
    mutationFn: () =>
      removePerson(person.id, {
        sharedAgents: isHandedOver ? { outcome: 'hand-over', to: heir } : { outcome: 'take-down' },
      }),
    onSuccess: async () => {
      showToast({ title: t('removal.done', { name: person.name }), tone: 'success' });
      onClose();
      await cache.invalidateQueries({ queryKey: peopleKey });
    },
  });
  return (
    <Dialog
      open={open}
      onOpenChange={onClose}
      title={t('removal.title', { name: person.name })}
      description={t('removal.text')}
      footer={
        <>
          <Button onClick={onClose}>{t('common:action.cancel')}</Button>
          <Button
            variant="danger"
            disabled={holdings === undefined}
            busy={removal.isPending}
            onClick={() => removal.mutate()}
          >
            {t('removal.submit', { name: person.name })}
          </Button>
        </>
      }
    >
      <div className="grid gap-4">
        {removal.isError && <ErrorPanel error={removal.error} />}
        {error !== null && <ErrorPanel error={error} onRetry={() => void refetch()} />}
        {holdings === undefined && error === null && <SkeletonList rows={3} />}
        {holdings && <HoldingsSummary holdings={holdings} sharedTitle={t('removal.shared')} />}
        {holdings !== undefined && holdings.sharedAgents.length > 0 && (
          <ChoiceCards
            label={t('removal.outcome.label')}
            value={outcome}
            onChange={setOutcome}
            options={[
              {
                value: 'hand-over',
                label: t('removal.outcome.handOver'),
                description: t('removal.outcome.handOverText'),
              },
              {
                value: 'take-down',
                label: t('removal.outcome.takeDown'),
                description: t('removal.outcome.takeDownText'),
              },
            ]}
          />
        )}
        {isHandedOver && (
          <SelectField
            label={t('removal.heir')}
            value={heir}
            options={heirs.map(({ id, name, email }) => ({ value: id, label: `${name} (${email})` }))}
            onChange={(event) => setHeir(event.target.value)}
          />
        )}
      </div>
    </Dialog>
  );
}
