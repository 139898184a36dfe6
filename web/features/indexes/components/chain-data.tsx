import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Blocks, Plus } from 'lucide-react';
import { useState } from 'react';
import { indexListQuery } from '#web/features/indexes/api/index-requests.ts';
import { firstDevnetQuery } from '#web/features/indexes/first-devnet-query.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { Button } from '#web/ui/button.tsx';
import { useWithoutDeleted } from '#web/ui/delete-with-undo.ts';
import { lazyDialog } from '#web/ui/dialog.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { ListStates } from '#web/ui/list-states.tsx';
import { IndexRow } from './index-row.tsx';

const AddIndexDialog = lazyDialog(async () => (await import('./add-index-dialog.tsx')).AddIndexDialog);

type ChainDataProps = {
  /** Runs SQL, for everybody may lay the devnet's tables by asking it. */
  onQuery: (sql: string) => void;
  onChanged: () => unknown;
};

/** The chains that are tables of SQL: how far each is, how fast it goes, and what is in its way. */
export function ChainData({ onQuery, onChanged }: ChainDataProps) {
  const { t } = useTranslation('indexes');
  const cache = useQueryClient();
  const { data, error, refetch } = useQuery(indexListQuery);
  const [isAdding, setAdding] = useState(false);
  const items = useWithoutDeleted(data?.items);
  const reload = async () => {
    await cache.invalidateQueries(indexListQuery);
    onChanged();
  };
  const add = data?.can.create === true && (
    <Button icon={<Plus aria-hidden />} onClick={() => setAdding(true)}>
      {t('add')}
    </Button>
  );

  return (
    <div className="grid grid-cols-1 gap-3">
      <ListStates
        items={items}
        error={error}
        onRetry={refetch}
        empty={
          <EmptyState
            title={t('noneTitle')}
            icon={<Blocks />}
            action={
              <span className="flex flex-wrap justify-center gap-2">
                <Button variant="primary" onClick={() => onQuery(firstDevnetQuery)}>
                  {t('askDevnet')}
                </Button>
                {add}
              </span>
            }
          >
            {t('noneText')}
          </EmptyState>
        }
      >
        {(shown) => (
          <>
            <ul className="grid grid-cols-1 gap-3">
              {shown.map((index) => (
                <IndexRow
                  key={index.id}
                  index={index}
                  isAlone={shown.every(({ id, chainId }) => id === index.id || chainId !== index.chainId)}
                  onChanged={reload}
                />
              ))}
            </ul>
            {add}
          </>
        )}
      </ListStates>
      <AddIndexDialog chains={data?.chains ?? []} open={isAdding} onOpenChange={setAdding} onSaved={reload} />
    </div>
  );
}
