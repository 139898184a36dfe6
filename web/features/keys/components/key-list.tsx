import { useQueryClient } from '@tanstack/react-query';
import { KeyRound, Plus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { ApiKey } from '#server/contract/api-key.ts';
import { deleteKey } from '#web/features/keys/api/delete-key.ts';
import { keysKey, useKeys } from '#web/features/keys/api/list-keys.ts';
import { Button } from '#web/ui/button.tsx';
import { ConfirmDialog } from '#web/ui/confirm-dialog.tsx';
import { lazyDialog } from '#web/ui/dialog.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { ListStates } from '#web/ui/list-states.tsx';
import { LoadMore } from '#web/ui/load-more.tsx';
import { PageHeader } from '#web/ui/page-header.tsx';
import { KeyCard } from './key-card.tsx';

const KeyBudgetDialog = lazyDialog(async () => (await import('./key-budget-dialog.tsx')).KeyBudgetDialog);
const NewKeyDialog = lazyDialog(async () => (await import('./new-key-dialog.tsx')).NewKeyDialog);

/** A person's API keys: what each may do and did, a new one, and the end of one. */
export function KeyList({ canAdminister }: { canAdminister: boolean }) {
  const { t } = useTranslation('keys');
  const cache = useQueryClient();
  const keys = useKeys();
  const [creating, setCreating] = useState(false);
  const [budgeting, setBudgeting] = useState<ApiKey | null>(null);
  const [revoking, setRevoking] = useState<ApiKey | null>(null);
  const reload = () => cache.invalidateQueries({ queryKey: keysKey });

  const create = (
    <Button variant="primary" icon={<Plus aria-hidden />} onClick={() => setCreating(true)}>
      {t('new.open')}
    </Button>
  );

  return (
    <>
      <PageHeader title={t('title')} description={t('description')} actions={create} />
      <ListStates
        items={keys.items}
        error={keys.error}
        onRetry={keys.retry}
        empty={
          <EmptyState title={t('empty.title')} icon={<KeyRound />}>
            {t('empty.text')}
          </EmptyState>
        }
      >
        {(shown) => (
          <ul className="grid gap-4">
            {shown.map((key) => (
              <KeyCard key={key.id} apiKey={key} onBudget={() => setBudgeting(key)} onRevoke={() => setRevoking(key)} />
            ))}
          </ul>
        )}
      </ListStates>
      <LoadMore {...keys.more} />
      {budgeting && <KeyBudgetDialog open apiKey={budgeting} onClose={() => setBudgeting(null)} onChanged={reload} />}
      <ConfirmDialog
        open={revoking !== null}
        onOpenChange={() => setRevoking(null)}
        title={t('revoke.title', { name: revoking?.name ?? '' })}
        description={t('revoke.text')}
        confirmLabel={t('revoke.confirm')}
        onConfirm={async () => {
          if (revoking) await deleteKey(revoking.id);
          await reload();
        }}
      />
      <NewKeyDialog open={creating} onOpenChange={setCreating} onCreated={reload} canAdminister={canAdminister} />
    </>
  );
}
