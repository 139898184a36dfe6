import { useMutation, useQueryClient } from '@tanstack/react-query';
import { CheckCheck, ExternalLink, RotateCcw } from 'lucide-react';
import { Link } from 'react-router';
import type { Alert, AlertDelivery, AlertFiring } from '#server/contract/alert.ts';
import { toChainName } from '#server/contract/to-chain-name.ts';
import type { AlertPaths } from '#web/features/alerts/alert-paths.ts';
import { alertsKey, firingsKey, markRead, tellAgain, useFirings } from '#web/features/alerts/api/alert-requests.ts';
import { useFormat } from '#web/lib/format.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { useLocalized } from '#web/lib/use-localized.ts';
import { Badge, type Tone } from '#web/ui/badge.tsx';
import { Button } from '#web/ui/button.tsx';
import { ListStates } from '#web/ui/list-states.tsx';
import { LoadMore } from '#web/ui/load-more.tsx';
import { showProblemToast } from '#web/ui/problem-toast.ts';

type FiringListProps = {
  /** Null: of all. */
  alert: Alert | null;
  alerts: readonly Alert[];
  paths: AlertPaths;
};

/** What alerts told, newest first, with where it was read and how it went out. */
export function FiringList({ alert, alerts, paths }: FiringListProps) {
  const { t } = useTranslation('alerts');
  const cache = useQueryClient();
  const firings = useFirings(alert?.id ?? null);
  const reload = () =>
    Promise.all([cache.invalidateQueries({ queryKey: firingsKey }), cache.invalidateQueries({ queryKey: alertsKey })]);
  const read = useMutation({
    mutationFn: () => markRead(alert?.id ?? null),
    onSuccess: reload,
    onError: showProblemToast,
  });
  const hasUnread = firings.items?.some(({ isRead }) => !isRead) === true;
  return (
    <>
      {hasUnread && (
        <div className="mb-3 flex justify-end">
          <Button size="small" icon={<CheckCheck aria-hidden />} busy={read.isPending} onClick={() => read.mutate()}>
            {t('history.markRead')}
          </Button>
        </div>
      )}
      <ListStates
        items={firings.items}
        error={firings.error}
        onRetry={firings.retry}
        empty={<p className="text-sm text-ink-soft">{t('history.none')}</p>}
      >
        {(shown) => (
          <ul className="grid gap-3">
            {shown.map((firing) => (
              <Firing
                key={firing.id}
                firing={firing}
                handle={alerts.find(({ id }) => id === firing.alert.id)?.agent?.handle ?? null}
                paths={paths}
                onChange={reload}
              />
            ))}
          </ul>
        )}
      </ListStates>
      <LoadMore {...firings.more} />
    </>
  );
}

type FiringProps = { firing: AlertFiring; handle: string | null; paths: AlertPaths; onChange: () => unknown };

function Firing({ firing, handle, paths, onChange }: FiringProps) {
  const { t } = useTranslation('alerts');
  const toText = useLocalized();
  const format = useFormat();
  const { facts, alert, cause, isRead, isQuiet, withdrawnAt, firedAt, deliveries } = firing;
  const { block, transaction, explorerUrl } = facts;
  const conversation = deliveries.find(({ conversationId }) => conversationId !== null)?.conversationId ?? null;
  return (
    <li className="grid gap-2 rounded-md border border-line bg-surface p-4 text-sm">
      <div className="flex flex-wrap items-center gap-2">
        {!isRead && (
          <span className="size-2 rounded-full bg-accent">
            <span className="sr-only">{t('history.unread')}</span>
          </span>
        )}
        <span className="font-semibold wrap-anywhere">{alert.name}</span>
        {cause === 'test' && <Badge>{t('history.test')}</Badge>}
        {isQuiet && <Badge>{t('history.quiet')}</Badge>}
        {withdrawnAt !== null && <Badge tone="danger">{t('history.withdrawn')}</Badge>}
        <time dateTime={firedAt} className="text-ink-faint tabular-nums sm:ml-auto">
          {format.dateTime(firedAt)}
        </time>
      </div>
      <p className={withdrawnAt === null ? 'wrap-anywhere' : 'wrap-anywhere text-ink-faint line-through'}>
        {toText(facts.summary)}
      </p>
      {facts.warnings.map((warning) => (
        <p key={warning.en} className="text-ink-soft wrap-anywhere">
          {toText(warning)}
        </p>
      ))}
      <details>
        <summary className="w-fit cursor-pointer rounded-sm text-ink-soft hover:text-ink">{t('history.facts')}</summary>
        <dl className="mt-2 grid gap-x-4 gap-y-1 sm:grid-cols-[auto_1fr]">
          {block && (
            <Fact
              name={t('history.block')}
              value={`${toText({ en: block.chain, zh: toChainName(block.chain, 'zh') })} (${block.chainId}), ${block.number}`}
            />
          )}
          {block && <Fact name={t('history.hash')} value={block.hash} />}
          {transaction !== null && <Fact name={t('history.transaction')} value={transaction} />}
          {facts.fields.map(({ name, value }, index) => (
            <Fact key={`${index} ${name}`} name={name} value={value} />
          ))}
        </dl>
      </details>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        {explorerUrl !== null && (
          <a href={explorerUrl} target="_blank" rel="noreferrer" className="text-link inline-flex items-center gap-1">
            {t('history.explorer')}
            <ExternalLink aria-hidden className="size-3.5" />
          </a>
        )}
        {conversation !== null && handle !== null && (
          <Link to={paths.conversation(handle, conversation)} className="text-link">
            {t('card.conversation')}
          </Link>
        )}
        {deliveries.map((delivery) => (
          <Delivery key={delivery.id} alert={alert.id} delivery={delivery} onChange={onChange} />
        ))}
      </div>
    </li>
  );
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <>
      <dt className="text-ink-faint wrap-anywhere">{name}</dt>
      <dd className="min-w-0 font-mono text-xs leading-5 break-all">{value}</dd>
    </>
  );
}

const tones: Record<AlertDelivery['status'], Tone> = { waiting: 'neutral', done: 'success', dead: 'danger' };

function Delivery({ alert, delivery, onChange }: { alert: string; delivery: AlertDelivery; onChange: () => unknown }) {
  const { t } = useTranslation('alerts');
  const { id, way, status, lastError } = delivery;
  const again = useMutation({ mutationFn: () => tellAgain(alert, id), onSuccess: onChange, onError: showProblemToast });
  return (
    <span className="inline-flex flex-wrap items-center gap-2">
      <Badge tone={tones[status]}>{`${t(`way.${way}`)}: ${t(`status.${status}`)}`}</Badge>
      {lastError !== null && <span className="text-ink-soft wrap-anywhere">{lastError}</span>}
      {status === 'dead' && (
        <Button size="small" icon={<RotateCcw aria-hidden />} busy={again.isPending} onClick={() => again.mutate()}>
          {t('history.again')}
        </Button>
      )}
    </span>
  );
}
