import { FileSignature } from 'lucide-react';
import { lazy, Suspense, useMemo, useState } from 'react';
import { describeEffect } from '#server/contract/describe-effect.ts';
import type { Artifact } from '#server/contract/run-event.ts';
import { toChainName } from '#server/contract/to-chain-name.ts';
import { TransactionProposal } from '#server/contract/transaction-proposal.ts';
import { useLanguage, useTranslation } from '#web/lib/i18n/use-translation.ts';
import { Badge } from '#web/ui/badge.tsx';
import { Card } from '#web/ui/card.tsx';
import { Skeleton } from '#web/ui/skeleton.tsx';
import { BalanceChanges } from './balance-changes.tsx';
import { CallDetails } from './call-details.tsx';
import { ProposalFacts } from './proposal-facts.tsx';
import { ProposalWarnings } from './proposal-warnings.tsx';
import { TakeAlong } from './take-along.tsx';

/** Who reads a copy needs none of it, and has no session to ask the hub with. */
const WalletPanel = lazy(() => import('./wallet-panel.tsx'));

type TransactionCardProps = { artifact: Extract<Artifact, { kind: 'transaction' }>; canSend: boolean };

/** A proposed transaction as its person must see it before they sign; one that cannot be read is only named. */
export default function TransactionCard({ artifact, canSend }: TransactionCardProps) {
  const read = useMemo(() => TransactionProposal.safeParse(artifact.proposal), [artifact.proposal]);
  if (!read.success) return <p className="text-sm text-ink-soft">{artifact.title}</p>;
  return <ProposalCard id={artifact.id} proposal={read.data} canSend={canSend} />;
}

function ProposalCard({
  id,
  proposal: first,
  canSend,
}: {
  id: string;
  proposal: TransactionProposal;
  canSend: boolean;
}) {
  const { t } = useTranslation('transactions');
  const language = useLanguage() === 'en' ? 'en' : 'zh';
  const [proposal, setProposal] = useState(first);
  const { network, simulation } = proposal;
  return (
    <Card aria-label={t('title')} className="grid grid-cols-1 gap-5">
      <header className="grid gap-2">
        <p className="flex flex-wrap items-center gap-2 text-sm text-ink-soft">
          <FileSignature aria-hidden className="size-5 shrink-0 text-chain" />
          <span className="font-medium">{t('title')}</span>
          <Badge tone="chain">
            {toChainName(simulation.block.chain, language).replace(/ ?[（(][^（(]+[)）]$/, '')}
          </Badge>
          {network.isTestnet && <Badge>{t('notReal')}</Badge>}
        </p>
        <p className="text-lg font-semibold wrap-anywhere">{describeEffect(proposal, language)}</p>
        <p className="text-sm text-ink-soft">{t('unsigned')}</p>
      </header>
      <ProposalWarnings proposal={proposal} />
      <ProposalFacts proposal={proposal} />
      <BalanceChanges proposal={proposal} />
      <CallDetails proposal={proposal} />
      <TakeAlong proposal={proposal} isOwn={canSend} />
      {canSend && (
        <Suspense fallback={<Skeleton className="h-24 w-full" />}>
          <WalletPanel artifact={id} proposal={proposal} onSimulated={setProposal} />
        </Suspense>
      )}
    </Card>
  );
}
