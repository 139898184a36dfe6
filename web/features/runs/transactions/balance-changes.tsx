import type { TransactionProposal } from '#server/contract/transaction-proposal.ts';
import { classNames } from '#web/lib/class-names.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { toExplorerLink } from './to-explorer-link.ts';
import { WholeAddress } from './whole-address.tsx';

/** What each party would have more or less afterwards, without the fee; exact. */
export function BalanceChanges({
  proposal: { simulation, transaction, effect, network },
}: {
  proposal: TransactionProposal;
}) {
  const { t } = useTranslation('transactions');
  if (!simulation.succeeds) return null;
  const moved = simulation.changes.filter(({ net }) => net.raw !== '0');
  const parties = [...new Set(moved.map(({ address }) => address))];
  const labelOf = (address: string) =>
    address === transaction.from
      ? t('changes.sender')
      : address === effect.counterparty
        ? t(effect.kind === 'call' ? 'facts.contract' : 'facts.receiver')
        : t('changes.other');
  return (
    <section aria-label={t('changes.title')} className="grid gap-2">
      <p className="text-sm font-semibold">{t('changes.title')}</p>
      {parties.length === 0 ? (
        <p className="text-sm text-ink-soft">{t(simulation.partial === null ? 'changes.none' : 'changes.unknown')}</p>
      ) : (
        <ul className="grid gap-3 text-sm">
          {parties.map((address) => (
            <li
              key={address}
              className="flex flex-wrap items-start justify-between gap-x-4 gap-y-1 border-t border-line pt-2"
            >
              <WholeAddress
                address={address}
                label={labelOf(address)}
                href={toExplorerLink(network.explorerUrl, `/address/${address}`)}
              />
              <span className="grid justify-items-end gap-0.5">
                {moved
                  .filter((one) => one.address === address)
                  .map(({ token, net }) => {
                    const isLoss = net.raw.startsWith('-');
                    return (
                      <span
                        key={token}
                        className={classNames(
                          'font-medium tabular-nums wrap-anywhere',
                          isLoss ? 'text-danger' : 'text-success',
                        )}
                      >
                        {`${isLoss ? '' : '+'}${net.formatted} ${net.symbol}`}
                      </span>
                    );
                  })}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
