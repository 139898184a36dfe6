import type { ReactNode } from 'react';
import type { Artifact } from '#server/contract/run-event.ts';
import type { ToolCall } from '#server/contract/tool.ts';
import type { WalletActivity } from '#server/contract/wallet-readings.ts';
import ArtifactList from '#web/features/runs/components/artifact-list.tsx';
import { useFormat } from '#web/lib/format.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { Badge } from '#web/ui/badge.tsx';
import { Card } from '#web/ui/card.tsx';
import type { Column } from '#web/ui/data-table.tsx';
import { Facts } from '#web/ui/facts.tsx';
import { ActivityHours } from './activity-hours.tsx';
import { ExactAmount } from './exact-amount.tsx';
import { LongTable } from './long-table.tsx';
import { ReadingNotes } from './reading-notes.tsx';
import { ShortAddress } from './short-address.tsx';

type Party = WalletActivity['counterparties'][number];
type Day = WalletActivity['days'][number];

/** What a wallet did: who funded it, with whom it dealt, what came and went by day, and when. */
export function ActivityReport({
  activity,
  call,
  actions,
}: {
  activity: WalletActivity;
  call: ToolCall;
  actions: ReactNode;
}) {
  const { t } = useTranslation('chains');
  const format = useFormat();
  const { firstFunding, counterparties, days, transfers, transactions, counterpartyCount } = activity;
  const partyColumns: Column<Party>[] = [
    {
      key: 'party',
      header: t('wallet.parties.who'),
      isRowHeader: true,
      cell: ({ address, label, flags }) => (
        <span className="grid gap-1">
          <ShortAddress address={address} label={label} />
          {flags.length > 0 && (
            <span className="flex flex-wrap gap-1">
              {flags.map((flag) => (
                <Badge key={flag} tone="warning">
                  {t(`wallet.flags.${flag}`)}
                </Badge>
              ))}
            </span>
          )}
        </span>
      ),
    },
    {
      key: 'transfers',
      header: t('wallet.parties.transfers'),
      align: 'end',
      cell: (party) => format.number(party.transfers),
    },
    {
      key: 'received',
      header: t('wallet.flow.received'),
      align: 'end',
      cell: (party) => <Sums flows={party.flows} side="received" />,
    },
    {
      key: 'sent',
      header: t('wallet.flow.sent'),
      align: 'end',
      cell: (party) => <Sums flows={party.flows} side="sent" />,
    },
  ];
  const dayColumns: Column<Day>[] = [
    { key: 'day', header: t('wallet.flow.day'), isRowHeader: true, cell: ({ day }) => format.calendarDay(day) },
    {
      key: 'received',
      header: t('wallet.flow.received'),
      align: 'end',
      cell: ({ received }) => <Sum amount={received} />,
    },
    { key: 'sent', header: t('wallet.flow.sent'), align: 'end', cell: ({ sent }) => <Sum amount={sent} /> },
  ];
  return (
    <Card aria-label={t('wallet.activity.title')} className="grid gap-6">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h2 className="font-display text-xl">{t('wallet.activity.title')}</h2>
        {actions}
      </div>
      <Facts
        facts={[
          [t('wallet.activity.transfers'), format.number(transfers)],
          [t('wallet.activity.transactions'), format.number(transactions)],
          [t('wallet.activity.parties'), format.number(counterpartyCount)],
          [
            t('wallet.activity.funding'),
            firstFunding === null ? (
              '–'
            ) : (
              <span key="funding" className="grid">
                <ExactAmount amount={firstFunding.amount} />
                {firstFunding.from === null ? (
                  <span className="text-xs text-ink-soft">{t('wallet.activity.genesis')}</span>
                ) : (
                  <ShortAddress
                    address={firstFunding.from}
                    label={firstFunding.label}
                    href={firstFunding.explorerUrl}
                  />
                )}
                {firstFunding.time !== null && (
                  <span className="text-xs text-ink-faint">{format.dateTime(firstFunding.time)}</span>
                )}
              </span>
            ),
          ],
        ]}
      />
      <ReadingNotes warnings={activity.warnings} partial={activity.partial} />
      <ActivityHours hours={activity.hours} timeZone={activity.timeZone} />
      {counterparties.length > 0 && (
        <section aria-label={t('wallet.parties.title')} className="grid gap-3">
          <h3 className="font-semibold">{t('wallet.parties.title')}</h3>
          <ArtifactList artifacts={call.artifacts.filter((artifact) => !isOfHours(artifact))} />
          <LongTable
            caption={t('wallet.parties.title')}
            columns={partyColumns}
            rows={counterparties}
            rowKey={({ address }) => address}
          />
        </section>
      )}
      {days.length > 0 && (
        <section aria-label={t('wallet.flow.title')} className="grid gap-3">
          <h3 className="font-semibold">{t('wallet.flow.title')}</h3>
          <LongTable
            caption={t('wallet.flow.title')}
            columns={dayColumns}
            rows={days.toReversed()}
            rowKey={({ day, token, received }) => `${day} ${token} ${received.symbol}`}
          />
        </section>
      )}
    </Card>
  );
}

/** The page has the hours as a table of its own. */
const isOfHours = (artifact: Artifact) =>
  artifact.kind === 'chart' && artifact.specification['name'] === 'activity-hours';

function Sum({ amount }: { amount: Day['received'] }) {
  return amount.raw === '0' ? <span className="text-ink-faint">–</span> : <ExactAmount amount={amount} />;
}

function Sums({ flows, side }: { flows: Party['flows']; side: 'received' | 'sent' }) {
  const moved = flows.filter((flow) => flow[side].raw !== '0');
  if (moved.length === 0) return <span className="text-ink-faint">–</span>;
  return (
    <span className="grid justify-items-start md:justify-items-end">
      {moved.map((flow) => (
        <ExactAmount key={`${flow.token} ${flow[side].symbol}`} amount={flow[side]} />
      ))}
    </span>
  );
}
