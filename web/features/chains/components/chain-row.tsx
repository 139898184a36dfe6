import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Plus, RefreshCw, Trash2 } from 'lucide-react';
import type { Chain, ChainEndpoint } from '#server/contract/chain.ts';
import { chainListQuery, checkChain } from '#web/features/chains/api/chain-requests.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { Badge } from '#web/ui/badge.tsx';
import { Button } from '#web/ui/button.tsx';
import { useWithoutDeleted } from '#web/ui/delete-with-undo.ts';
import { ErrorPanel } from '#web/ui/error-panel.tsx';
import { IconButton } from '#web/ui/icon-button.tsx';
import { EndpointLine } from './endpoint-line.tsx';

type ChainRowProps = {
  chain: Chain;
  onAddEndpoint: () => void;
  onRemove: () => void;
  onRemoveEndpoint: (endpoint: ChainEndpoint) => void;
};

/** One chain with its endpoints, in the order in which they are asked. */
export function ChainRow({ chain, onAddEndpoint, onRemove, onRemoveEndpoint }: ChainRowProps) {
  const { t } = useTranslation('chains');
  const cache = useQueryClient();
  const check = useMutation({
    mutationFn: () => checkChain(chain.id),
    onSuccess: (list) => cache.setQueryData(chainListQuery.queryKey, list),
  });
  const endpoints = useWithoutDeleted(chain.endpoints);
  const { name } = chain;

  return (
    <li className="grid gap-3 py-4 first:pt-0 last:pb-0">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-3">
        <h2 className="flex min-w-0 flex-1 basis-48 flex-wrap items-center gap-2 font-medium">
          {name}
          <span className="text-sm font-normal text-ink-faint">{t('id', { id: chain.id })}</span>
          {chain.isTestnet && <Badge tone="warning">{t('testnet')}</Badge>}
          {chain.origin === 'stored' && <Badge tone="accent">{t('origin.stored')}</Badge>}
        </h2>
        <div className="flex flex-wrap items-center gap-1">
          <Button
            size="small"
            icon={<RefreshCw aria-hidden />}
            busy={check.isPending}
            aria-label={t('checkNamed', { name })}
            onClick={() => check.mutate()}
          >
            {t('check')}
          </Button>
          {!chain.isTestnet && (
            <IconButton label={t('endpoint.addNamed', { name })} icon={<Plus />} size="small" onClick={onAddEndpoint} />
          )}
          {chain.origin === 'stored' && (
            <IconButton label={t('remove', { name })} icon={<Trash2 />} size="small" onClick={onRemove} />
          )}
        </div>
      </div>
      {check.error && <ErrorPanel error={check.error} onRetry={() => check.mutate()} />}
      <ul className="grid gap-2" aria-label={t('endpoint.list', { name })}>
        {endpoints.map((endpoint) => (
          <EndpointLine
            key={endpoint.id}
            endpoint={endpoint}
            onRemove={
              endpoint.origin === 'stored' && endpoints.length > 1 ? () => onRemoveEndpoint(endpoint) : undefined
            }
          />
        ))}
      </ul>
    </li>
  );
}
