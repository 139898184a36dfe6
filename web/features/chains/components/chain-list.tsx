import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link2, Plus } from 'lucide-react';
import { useState } from 'react';
import type { Chain } from '#server/contract/chain.ts';
import { chainListQuery, deleteChain, deleteEndpoint } from '#web/features/chains/api/chain-requests.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { Button } from '#web/ui/button.tsx';
import { Card } from '#web/ui/card.tsx';
import { deleteWithUndo, useWithoutDeleted } from '#web/ui/delete-with-undo.ts';
import { lazyDialog } from '#web/ui/dialog.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { ListStates } from '#web/ui/list-states.tsx';
import { PageHeader } from '#web/ui/page-header.tsx';
import { ChainRow } from './chain-row.tsx';
import { DevnetCard } from './devnet-card.tsx';

const AddChainDialog = lazyDialog(async () => (await import('./add-chain-dialog.tsx')).AddChainDialog);
const AddEndpointDialog = lazyDialog(async () => (await import('./add-endpoint-dialog.tsx')).AddEndpointDialog);

/** The chains that agents read, how their endpoints are, and where others are added. */
export function ChainList() {
  const { t } = useTranslation('chains');
  const cache = useQueryClient();
  const { data, error, refetch } = useQuery(chainListQuery);
  const [isAdding, setAdding] = useState(false);
  const [extended, setExtended] = useState<Chain | null>(null);
  const items = useWithoutDeleted(data?.items.map((chain) => ({ id: `chain-${chain.id}`, chain })));
  const reload = () => cache.invalidateQueries(chainListQuery);

  const remove = ({ id, name }: Chain) =>
    deleteWithUndo({
      id: `chain-${id}`,
      title: t('removed', { name }),
      detail: t('removedText'),
      send: () => deleteChain(id),
      reload,
    });
  const removeEndpoint = (chain: Chain, { id, host }: { id: string; host: string }) =>
    deleteWithUndo({
      id,
      title: t('endpoint.removed', { host }),
      detail: t('endpoint.removedText'),
      send: () => deleteEndpoint(chain.id, id),
      reload,
    });

  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('description')}
        actions={
          <Button variant="primary" icon={<Plus aria-hidden />} onClick={() => setAdding(true)}>
            {t('add')}
          </Button>
        }
      />
      <Card aria-label={t('title')}>
        <ListStates
          items={items}
          error={error}
          onRetry={refetch}
          empty={
            <EmptyState title={t('noneTitle')} icon={<Link2 />}>
              {t('noneText')}
            </EmptyState>
          }
        >
          {(shown) => (
            <ul className="divide-y divide-line">
              {shown.map(({ id, chain }) => (
                <ChainRow
                  key={id}
                  chain={chain}
                  onAddEndpoint={() => setExtended(chain)}
                  onRemove={() => remove(chain)}
                  onRemoveEndpoint={(endpoint) => removeEndpoint(chain, endpoint)}
                />
              ))}
            </ul>
          )}
        </ListStates>
      </Card>
      <DevnetCard />
      <AddChainDialog open={isAdding} onOpenChange={setAdding} onSaved={reload} />
      <AddEndpointDialog
        chain={extended}
        open={extended !== null}
        onOpenChange={() => setExtended(null)}
        onSaved={reload}
      />
    </>
  );
}
