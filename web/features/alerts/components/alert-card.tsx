import { Ellipsis, History, KeyRound, Pause, Pencil, Play, Trash2, Zap } from 'lucide-react';
import { Link } from 'react-router';
import type { Alert, AlertWithSecret } from '#server/contract/alert.ts';
import type { AlertPaths } from '#web/features/alerts/alert-paths.ts';
import { useFormat } from '#web/lib/format.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { useLocalized } from '#web/lib/use-localized.ts';
import { Badge } from '#web/ui/badge.tsx';
import { Facts } from '#web/ui/facts.tsx';
import { IconButton } from '#web/ui/icon-button.tsx';
import { Menu, MenuItem, MenuSeparator } from '#web/ui/menu.tsx';
import { Notice } from '#web/ui/notice.tsx';
import { useAlertActions } from './use-alert-actions.ts';

type AlertCardProps = {
  alert: Alert;
  paths: AlertPaths;
  onEdit: () => void;
  onHistory: () => void;
  onSecret: (made: AlertWithSecret) => void;
};

/** One alert: what it waits for, what it saw last, and what may be done with it. */
export function AlertCard({ alert, paths, onEdit, onHistory, onSecret }: AlertCardProps) {
  const { t } = useTranslation('alerts');
  const toText = useLocalized();
  const { name, paused, fault, warnings, unread, summary, webhookUrl, conversationId, agent } = alert;
  const { pause, run, rotate, remove } = useAlertActions(alert, onSecret);
  const label = t('card.actions', { name });
  return (
    <li className="grid grid-cols-1 gap-4 rounded-lg border border-line bg-surface p-5 shadow-low">
      <div className="grid grid-cols-[minmax(0,1fr)_auto] content-start gap-x-3 gap-y-1">
        <h2 className="flex flex-wrap items-center gap-2 text-lg font-semibold wrap-anywhere">
          {name}
          <Badge tone={paused ? 'warning' : alert.watch.kind === 'query' ? 'accent' : 'chain'}>
            {t(paused ? 'card.paused' : `kind.${alert.watch.kind}`)}
          </Badge>
          {alert.isMet === true && <Badge tone="warning">{t('card.met')}</Badge>}
          {unread > 0 && <Badge tone="accent">{t('card.unread', { count: unread })}</Badge>}
        </h2>
        <p className="text-sm wrap-anywhere text-ink-soft col-start-1 max-sm:col-span-2">{toText(summary)}</p>
        <div className="col-start-2 row-start-1 flex gap-1 sm:row-end-3">
          <IconButton
            label={t(paused ? 'card.resume' : 'card.pause', { name })}
            icon={paused ? <Play /> : <Pause />}
            onClick={() => pause.mutate()}
          />
          <Menu label={label} trigger={<IconButton label={label} icon={<Ellipsis />} tooltip={false} />}>
            <MenuItem icon={<Pencil aria-hidden />} onSelect={onEdit}>
              {t('common:action.edit')}
            </MenuItem>
            <MenuItem icon={<History aria-hidden />} onSelect={onHistory}>
              {t('card.history')}
            </MenuItem>
            <MenuItem icon={<Zap aria-hidden />} disabled={run.isPending} onSelect={() => run.mutate()}>
              {t('card.try')}
            </MenuItem>
            {webhookUrl !== null && (
              <MenuItem icon={<KeyRound aria-hidden />} onSelect={() => rotate.mutate()}>
                {t('card.rotate')}
              </MenuItem>
            )}
            <MenuSeparator />
            <MenuItem icon={<Trash2 aria-hidden />} tone="danger" onSelect={remove}>
              {t('common:action.delete')}
            </MenuItem>
          </Menu>
        </div>
      </div>
      {paused?.because === 'access-lost' && (
        <Notice tone="warning" title={t('card.accessLost')}>
          {t('card.accessLostText')}
        </Notice>
      )}
      {fault !== null && paused === null && (
        <Notice tone="warning" title={t('card.fault', { count: fault.count })}>
          <p className="wrap-anywhere">{toText(fault.message)}</p>
        </Notice>
      )}
      {warnings.length > 0 && paused === null && (
        <Notice tone="warning">
          {warnings.map((warning) => (
            <p key={warning.en} className="wrap-anywhere">
              {toText(warning)}
            </p>
          ))}
        </Notice>
      )}
      <LastLook alert={alert} />
      {conversationId !== null && agent !== null && (
        <Link to={paths.conversation(agent.handle, conversationId)} className="text-link w-fit text-sm">
          {t('card.conversation')}
        </Link>
      )}
    </li>
  );
}

function LastLook({ alert: { value, unit, block, checkedAt, lastFiredAt } }: { alert: Alert }) {
  const { t } = useTranslation('alerts');
  const format = useFormat();
  const figure =
    value === null ? null : <span className="break-all">{unit === null ? value : `${value} ${unit}`}</span>;
  const facts = [
    ...(figure === null ? [] : ([[t('card.figure'), figure]] as const)),
    ...(block === null ? [] : ([[t('card.block'), block]] as const)),
    [t('card.checked'), checkedAt === null ? t('common:never') : format.ago(checkedAt)],
    [t('card.fired'), lastFiredAt === null ? t('common:never') : format.ago(lastFiredAt)],
  ] as const;
  return <Facts className="border-t border-line pt-4 lg:grid-cols-4" facts={facts} />;
}
