import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Pencil, Plus, RotateCcw } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { PriceRow } from '#server/contract/model.ts';
import { deletePrice } from '#web/features/models/api/delete-price.ts';
import { modelListQuery } from '#web/features/models/api/model-list-query.ts';
import { priceListQuery } from '#web/features/models/api/price-list-query.ts';
import { setPrice } from '#web/features/models/api/set-price.ts';
import { useFormat } from '#web/lib/format.ts';
import { Badge } from '#web/ui/badge.tsx';
import { Button } from '#web/ui/button.tsx';
import { Card, CardHeader } from '#web/ui/card.tsx';
import { type Column, DataTable } from '#web/ui/data-table.tsx';
import { lazyDialog } from '#web/ui/dialog.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { IconButton } from '#web/ui/icon-button.tsx';
import { ListStates } from '#web/ui/list-states.tsx';
import { showProblemToast } from '#web/ui/problem-toast.ts';
import { TextField } from '#web/ui/text-field.tsx';
import { showToast } from '#web/ui/toast-store.ts';
import { Price, SoundPrice } from './price.tsx';

const PriceDialog = lazyDialog(async () => (await import('./price-dialog.tsx')).PriceDialog);

/** What models cost by name; an administrator writes prices that the hub does not know. */
export function PriceList() {
  const { t } = useTranslation('models');
  const cache = useQueryClient();
  const { data, error, refetch } = useQuery(priceListQuery);
  const [editing, setEditing] = useState<PriceRow | 'new' | null>(null);
  const [search, setSearch] = useState('');
  const format = useFormat();
  const toPrice = (amountUsd: number | null) => (amountUsd === null ? t('common:unknown') : format.priceUsd(amountUsd));
  const reload = () => cache.invalidateQueries(modelListQuery);

  const restore = async (row: PriceRow) => {
    const { model, unit, inputUsd, outputUsd, cachedInputUsd } = row;
    try {
      await deletePrice(model);
      const undo = () =>
        void setPrice({ model, unit, inputUsd, outputUsd, cachedInputUsd }).then(reload, showProblemToast);
      showToast({
        title: t('price.restored', { model: row.model }),
        action: { label: t('common:action.undo'), onAction: undo },
      });
    } catch (problem) {
      showProblemToast(problem);
    }
    await reload();
  };

  const amount = (key: 'inputUsd' | 'cachedInputUsd' | 'outputUsd', header: string): Column<PriceRow> => ({
    key,
    header,
    align: 'end',
    cell: (row) =>
      row.unit === 'tokens' ? <Price amountUsd={row[key]} /> : key === 'inputUsd' ? <SoundPrice {...row} /> : '–',
  });
  const columns: Column<PriceRow>[] = [
    {
      key: 'model',
      header: t('list.model'),
      isRowHeader: true,
      cell: (row) => (
        <span className="grid min-w-0">
          <span className="flex flex-wrap items-center gap-2">
            <code className="font-mono break-all">{row.model}</code>
            {row.edited && <Badge tone="accent">{t('price.edited')}</Badge>}
          </span>
          {row.host !== null && (
            <span className="text-xs font-normal text-ink-faint">{t('price.atHost', { host: row.host })}</span>
          )}
          {row.longPrompt !== null && (
            <span className="text-xs font-normal text-ink-faint">
              {t('price.longPrompt', {
                tokens: format.number(row.longPrompt.aboveTokens),
                input: toPrice(row.longPrompt.inputUsd),
                output: toPrice(row.longPrompt.outputUsd),
              })}
            </span>
          )}
        </span>
      ),
    },
    amount('inputUsd', t('price.input')),
    amount('cachedInputUsd', t('price.cached')),
    amount('outputUsd', t('price.output')),
    {
      key: 'actions',
      header: t('common:action.more'),
      hideHeader: true,
      isBesideTitle: true,
      align: 'end',
      cell: (row) => (
        <span className="inline-flex">
          {row.edited && (
            <IconButton
              size="small"
              icon={<RotateCcw />}
              label={t('price.restore', { model: row.model })}
              onClick={() => void restore(row)}
            />
          )}
          <IconButton
            size="small"
            icon={<Pencil />}
            label={t('price.editNamed', { model: row.model })}
            onClick={() => setEditing(row)}
          />
        </span>
      ),
    },
  ];

  return (
    <Card id="prices">
      <CardHeader
        title={t('price.title')}
        description={t('price.description')}
        actions={
          <Button icon={<Plus aria-hidden />} onClick={() => setEditing('new')}>
            {t('price.add')}
          </Button>
        }
      />
      <ListStates items={data?.items} error={error} onRetry={refetch} empty={<EmptyState title={t('price.empty')} />}>
        {(items) => {
          const found = items.filter(({ model }) => model.toLowerCase().includes(search.trim().toLowerCase()));
          return (
            <div className="grid gap-4">
              <TextField
                type="search"
                className="sm:max-w-sm"
                label={t('price.search')}
                value={search}
                onChange={(event) => setSearch(event.target.value)}
              />
              <p role="status" className="text-sm text-ink-faint tabular-nums">
                {t('price.found', { count: found.length })}
              </p>
              {found.length > 0 && (
                <DataTable caption={t('price.title')} columns={columns} rows={found} rowKey={({ model }) => model} />
              )}
            </div>
          );
        }}
      </ListStates>
      <PriceDialog open={editing !== null} row={editing} onClose={() => setEditing(null)} onSaved={reload} />
    </Card>
  );
}
