import type { ReactNode } from 'react';
import type { WalletProfit } from '#server/contract/wallet-readings.ts';
import type { ToolCall } from '#server/contract/tool.ts';
import ArtifactList from '#web/features/runs/components/artifact-list.tsx';
import { useFormat } from '#web/lib/format.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { Card } from '#web/ui/card.tsx';
import { type Column, DataTable } from '#web/ui/data-table.tsx';
import { Facts } from '#web/ui/facts.tsx';
import { ExactAmount } from './exact-amount.tsx';
import { ReadingNotes } from './reading-notes.tsx';

type Asset = WalletProfit['assets'][number];

/** What a wallet gained or lost: the sums, each asset, and the lots as a file. */
export function ProfitReport({ profit, call, actions }: { profit: WalletProfit; call: ToolCall; actions: ReactNode }) {
  const { t } = useTranslation('chains');
  const format = useFormat();
  const { fifo, average, fees, assets } = profit;
  const counted = assets.filter((asset) => asset.fifo !== null);
  const averaged = counted.filter((asset) => asset.average !== null);
  const averageOf =
    averaged.length === counted.length
      ? t('wallet.profit.average')
      : t('wallet.profit.averageOfSome', { some: averaged.length, all: counted.length });
  const columns: Column<Asset>[] = [
    { key: 'asset', header: t('wallet.profit.asset'), isRowHeader: true, cell: (asset) => <AssetName asset={asset} /> },
    {
      key: 'held',
      header: t('wallet.profit.held'),
      align: 'end',
      cell: ({ closing }) => <ExactAmount amount={closing} />,
    },
    { key: 'price', header: t('wallet.profit.price'), align: 'end', cell: ({ price }) => <PriceText price={price} /> },
    {
      key: 'value',
      header: t('wallet.profit.value'),
      align: 'end',
      cell: ({ value }) => <ExactAmount amount={value} />,
    },
    {
      key: 'realised',
      header: t('wallet.profit.realised'),
      align: 'end',
      cell: ({ fifo }) => <ExactAmount amount={fifo?.realised ?? null} signed />,
    },
    {
      key: 'unrealised',
      header: t('wallet.profit.unrealised'),
      align: 'end',
      cell: ({ fifo }) => <ExactAmount amount={fifo?.unrealised ?? null} signed />,
    },
  ];
  return (
    <Card aria-label={t('wallet.profit.title')} className="grid gap-6">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h2 className="font-display text-xl">{t('wallet.profit.title')}</h2>
        {actions}
      </div>
      <Facts
        facts={[
          [t('wallet.profit.fifo'), <ExactAmount key="fifo" amount={fifo.total} signed />],
          [averageOf, <ExactAmount key="average" amount={average.total} signed />],
          [t('wallet.profit.realised'), <ExactAmount key="realised" amount={fifo.realised} signed />],
          [t('wallet.profit.unrealised'), <ExactAmount key="unrealised" amount={fifo.unrealised} signed />],
          [
            t('wallet.profit.fees', { count: fees.transactions }),
            <ExactAmount key="fees" amount={fees.value ?? fees.amount} />,
          ],
        ]}
      />
      <p className="text-sm text-ink-soft">
        {t('wallet.profit.how')}{' '}
        <span className="whitespace-nowrap">
          {t('wallet.profit.asOf', { block: profit.block.number, time: format.dateTime(profit.block.timestamp) })}
        </span>
      </p>
      <ReadingNotes warnings={[]} partial={profit.partial} />
      {assets.length > 0 && (
        <DataTable caption={t('wallet.profit.assets')} columns={columns} rows={assets} rowKey={({ token }) => token} />
      )}
      <ArtifactList artifacts={call.artifacts} />
    </Card>
  );
}

function AssetName({ asset: { symbol, isWellKnown, token, unpricedLots } }: { asset: Asset }) {
  const { t } = useTranslation('chains');
  return (
    <span className="grid">
      <span title={token} className="font-medium wrap-anywhere">
        {symbol}
      </span>
      {(!isWellKnown || unpricedLots > 0) && (
        <span className="text-xs text-ink-faint">
          {[
            isWellKnown ? null : t('wallet.profit.unknown'),
            unpricedLots > 0 ? t('wallet.profit.unpriced', { count: unpricedLots }) : null,
          ]
            .filter((text) => text !== null)
            .join(' · ')}
        </span>
      )}
    </span>
  );
}

function PriceText({ price }: { price: Asset['price'] }) {
  const { t } = useTranslation('chains');
  if (price === null) return <span className="text-ink-faint">{t('wallet.profit.noPrice')}</span>;
  return (
    <span title={price.contract ?? ''}>
      <ExactAmount amount={{ raw: '', formatted: price.price, decimals: 18, symbol: 'USD' }} />
      <span className="block text-xs text-ink-faint">
        {price.from === 'par' ? t('wallet.profit.par') : price.from}
        {price.isStale && ` · ${t('wallet.profit.stale')}`}
      </span>
    </span>
  );
}
