import type { ReactNode } from 'react';
import type { TransactionProposal } from '#server/contract/transaction-proposal.ts';
import { useFormat } from '#web/lib/format.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { toExplorerLink } from './to-explorer-link.ts';
import { WholeAddress } from './whole-address.tsx';

/** Who, to whom, how much, what it costs, and at which block it was tried. */
export function ProposalFacts({ proposal }: { proposal: TransactionProposal }) {
  const { t } = useTranslation('transactions');
  const format = useFormat();
  const { transaction, network, effect, fee, simulation } = proposal;
  const { block, value } = simulation;
  const address = (one: string, label?: string) => (
    <WholeAddress
      address={one}
      href={toExplorerLink(network.explorerUrl, `/address/${one}`)}
      {...(label === undefined ? {} : { label })}
    />
  );
  const blockLink = toExplorerLink(block.explorerUrl, '');
  const rows: [string, ReactNode][] = [
    [t('facts.from'), address(transaction.from)],
    ...(effect.counterparty === transaction.to
      ? []
      : [
          [t(effect.kind.startsWith('send') ? 'facts.receiver' : 'facts.spender'), address(effect.counterparty)] as [
            string,
            ReactNode,
          ],
        ]),
    [
      t(transaction.data === '0x' ? 'facts.to' : 'facts.contract'),
      address(
        transaction.to,
        effect.token === null
          ? undefined
          : `${effect.token.symbol} – ${t(effect.token.isWellKnown ? 'facts.wellKnown' : 'facts.notWellKnown')}`,
      ),
    ],
    [t('facts.value'), `${value.formatted} ${value.symbol}`],
    [t('facts.fee'), fee === null ? t('facts.unknown') : `≈ ${fee.formatted} ${fee.symbol}`],
    [t('facts.gas'), transaction.gas === null ? t('facts.unknown') : format.number(Number(transaction.gas))],
    [
      t('facts.block'),
      <span key="block" className="grid gap-0.5">
        <span>
          {blockLink === null ? (
            block.number
          ) : (
            <a href={blockLink} target="_blank" rel="noopener noreferrer nofollow" className="text-link">
              {block.number}
            </a>
          )}
          {' · '}
          {format.dateTime(block.timestamp)}
        </span>
        <span className="font-mono text-xs break-all text-ink-faint">{block.hash}</span>
      </span>,
    ],
    [t('facts.chainId'), String(transaction.chainId)],
  ];
  return (
    <dl className="grid grid-cols-1 gap-x-6 gap-y-3 text-sm sm:grid-cols-[max-content_minmax(0,1fr)]">
      {rows.map(([term, shown]) => (
        <div key={term} className="grid gap-0.5 sm:contents">
          <dt className="text-ink-faint">{term}</dt>
          <dd className="min-w-0 tabular-nums wrap-anywhere">{shown}</dd>
        </div>
      ))}
    </dl>
  );
}
