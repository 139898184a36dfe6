import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Play, RotateCcw, Square } from 'lucide-react';
import { useState } from 'react';
import type { Devnet } from '#server/contract/devnet.ts';
import { changeDevnet, type DevnetAct, devnetQuery } from '#web/features/chains/api/devnet-requests.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { Badge, type Tone } from '#web/ui/badge.tsx';
import { Button } from '#web/ui/button.tsx';
import { Card } from '#web/ui/card.tsx';
import { ConfirmDialog } from '#web/ui/confirm-dialog.tsx';
import { CopyButton } from '#web/ui/copy-button.tsx';
import { ErrorPanel } from '#web/ui/error-panel.tsx';
import { Notice } from '#web/ui/notice.tsx';
import { Progress } from '#web/ui/progress.tsx';
import { DevnetPaymentForm } from './devnet-payment-form.tsx';
import { DevnetPlaces } from './devnet-places.tsx';

const tones: Partial<Record<Devnet['state'], Tone>> = { running: 'success', failed: 'danger', missing: 'warning' };

/** The chain that the hub runs itself: starts, stops and resets it, and lists what stands on it. */
export function DevnetCard() {
  const { t, language } = useTranslation('chains');
  const cache = useQueryClient();
  const { data, error, refetch } = useQuery(devnetQuery);
  const [isResetting, setResetting] = useState(false);
  const change = useMutation({
    mutationFn: changeDevnet,
    onSuccess: (devnet) => cache.setQueryData(devnetQuery.queryKey, devnet),
  });
  if (error && data === undefined) return <ErrorPanel error={error} onRetry={refetch} />;
  if (data === undefined) return null;
  const { state, stage, progress, detail, url, accounts, contracts } = data;
  const isOn = state === 'running' || state === 'starting';
  const isChanging = (act: DevnetAct) => change.isPending && change.variables === act;

  return (
    <Card aria-labelledby="devnet-title" className="mt-6 grid gap-5">
      <header className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="grid min-w-0 max-w-prose gap-1">
          <h2 id="devnet-title" className="flex flex-wrap items-center gap-2 text-lg font-semibold">
            {t('devnet.title')}
            <Badge tone="warning">{t('testnet')}</Badge>
            <span role="status" className="inline-flex">
              <Badge tone={tones[state] ?? 'neutral'}>{t(`devnet.state.${state}`)}</Badge>
            </span>
          </h2>
          <p className="text-sm text-ink-soft">{t('devnet.description')}</p>
        </div>
        {state !== 'missing' && (
          <div className="flex flex-wrap gap-2">
            {isOn ? (
              <Button
                size="small"
                icon={<Square aria-hidden />}
                busy={isChanging('stop')}
                onClick={() => change.mutate('stop')}
              >
                {t('devnet.stop')}
              </Button>
            ) : (
              <Button
                size="small"
                variant="primary"
                icon={<Play aria-hidden />}
                busy={isChanging('start')}
                onClick={() => change.mutate('start')}
              >
                {t('devnet.start')}
              </Button>
            )}
            {accounts.length > 0 && (
              <Button size="small" icon={<RotateCcw aria-hidden />} onClick={() => setResetting(true)}>
                {t('devnet.reset')}
              </Button>
            )}
          </div>
        )}
      </header>
      {change.error && <ErrorPanel error={change.error} />}
      {detail && (
        <Notice tone={state === 'failed' ? 'danger' : 'warning'}>{detail[language === 'en' ? 'en' : 'zh']}</Notice>
      )}
      {state === 'starting' && (
        <div className="grid gap-2 text-sm">
          <p>{t(`devnet.stage.${stage ?? 'starting'}`)}</p>
          <Progress label={t(`devnet.stage.${stage ?? 'starting'}`)} value={progress} />
        </div>
      )}
      {url !== null && (
        <p className="flex flex-wrap items-center gap-2 text-sm">
          <span className="text-ink-faint">{t('devnet.url')}</span>
          <code className="break-all">{url}</code>
          <CopyButton text={url} label={t('devnet.copy', { what: t('devnet.url') })} size="small" iconOnly />
        </p>
      )}
      {state === 'running' && accounts.length > 1 && <DevnetPaymentForm accounts={accounts} />}
      <DevnetPlaces title={t('devnet.accounts', { count: accounts.length })} places={accounts} />
      <DevnetPlaces title={t('devnet.contracts', { count: contracts.length })} places={contracts} />
      <ConfirmDialog
        open={isResetting}
        onOpenChange={setResetting}
        title={t('devnet.resetTitle')}
        description={t('devnet.resetText')}
        confirmLabel={t('devnet.reset')}
        tone="danger"
        onConfirm={() => change.mutateAsync('reset')}
      />
    </Card>
  );
}
