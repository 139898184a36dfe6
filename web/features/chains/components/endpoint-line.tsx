import { Trash2 } from 'lucide-react';
import type { ChainEndpoint, EndpointState } from '#server/contract/chain.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { Badge, type Tone } from '#web/ui/badge.tsx';
import { IconButton } from '#web/ui/icon-button.tsx';

const tones: Partial<Record<EndpointState, Tone>> = {
  well: 'success',
  unchecked: 'neutral',
  behind: 'warning',
  'rate-limited': 'warning',
};

type EndpointLineProps = { endpoint: ChainEndpoint; onRemove: (() => void) | undefined };

/** One endpoint: whose it is, how it is, how far it is, and what it was asked. */
export function EndpointLine({ endpoint, onRemove }: EndpointLineProps) {
  const { t } = useTranslation('chains');
  const { host, origin, state, blockNumber, blocksBehind, secondsBehind } = endpoint;
  const calls = endpoint.calls.reduce((sum, count) => sum + count.calls, 0);
  const failed = endpoint.calls.reduce((sum, count) => sum + count.failed, 0);
  const facts = [
    t(`origin.${origin}`),
    ...(blockNumber === null ? [] : [t('endpoint.block', { number: blockNumber })]),
    ...(blocksBehind > 0 ? [t('endpoint.behind', { blocks: blocksBehind, seconds: secondsBehind })] : []),
    ...(calls > 0 ? [t('endpoint.calls', { count: calls })] : []),
    ...(failed > 0 ? [t('endpoint.failed', { count: failed })] : []),
  ];
  return (
    <li className="flex items-center gap-3 text-sm">
      <div className="flex min-w-0 flex-1 flex-wrap items-center gap-x-3 gap-y-0.5 md:grid md:grid-cols-[20rem_7rem_minmax(0,1fr)]">
        <span className="break-all max-sm:basis-full">{host}</span>
        <span className="flex">
          <Badge tone={tones[state] ?? 'danger'}>{t(`state.${state}`)}</Badge>
        </span>
        <span className="text-ink-faint">{facts.join(' · ')}</span>
      </div>
      {onRemove && (
        <IconButton label={t('endpoint.remove', { host })} icon={<Trash2 />} size="small" onClick={onRemove} />
      )}
    </li>
  );
}
