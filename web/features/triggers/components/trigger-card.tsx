import { Ellipsis, History, KeyRound, Pause, Pencil, Play, Trash2, Zap } from 'lucide-react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { Trigger, TriggerWithSecrets } from '#server/contract/trigger.ts';
import { localTimeZone, useMoment } from '#web/features/triggers/use-moment.ts';
import { useRhythm } from '#web/features/triggers/use-rhythm.ts';
import { useFormat } from '#web/lib/format.ts';
import { useShownName } from '#web/lib/use-shown-name.ts';
import { Badge } from '#web/ui/badge.tsx';
import { Button } from '#web/ui/button.tsx';
import { CopyButton } from '#web/ui/copy-button.tsx';
import { IconButton } from '#web/ui/icon-button.tsx';
import { Menu, MenuItem, MenuSeparator } from '#web/ui/menu.tsx';
import { Notice } from '#web/ui/notice.tsx';
import { FiringBadge } from './firing-badge.tsx';
import { useTriggerActions } from './use-trigger-actions.ts';

type TriggerCardProps = {
  trigger: Trigger;
  onEdit: () => void;
  onHistory: () => void;
  onSecret: (made: TriggerWithSecrets) => void;
};

/** One trigger: what starts it, when next, how it went last, and what may be done with it. */
export function TriggerCard({ trigger, onEdit, onHistory, onSecret }: TriggerCardProps) {
  const { t } = useTranslation('triggers');
  const toName = useShownName();
  const { name, paused, webhook, schedule } = trigger;
  const { pause, run, rotate, remove } = useTriggerActions(trigger, onSecret);
  const label = t('card.actions', { name });

  return (
    <li className="grid grid-cols-1 gap-4 rounded-lg border border-line bg-surface p-5 shadow-low">
      <div className="flex items-start justify-between gap-3">
        <div className="grid min-w-0 gap-1">
          <h2 className="flex flex-wrap items-center gap-2 text-lg font-semibold wrap-anywhere">
            {name}
            <Badge tone={paused ? 'warning' : 'accent'}>
              {t(paused ? 'card.paused' : schedule ? 'kind.schedule' : 'kind.webhook')}
            </Badge>
          </h2>
          <p className="text-sm wrap-anywhere text-ink-soft">{toName(trigger.agent)}</p>
        </div>
        <div className="flex shrink-0 gap-1">
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
            {schedule && (
              <MenuItem icon={<Zap aria-hidden />} disabled={run.isPending} onSelect={() => run.mutate()}>
                {t('card.runNow')}
              </MenuItem>
            )}
            {webhook && (
              <MenuItem icon={<KeyRound aria-hidden />} onSelect={() => rotate.mutate('webhook')}>
                {t('card.rotateWebhook')}
              </MenuItem>
            )}
            {trigger.callbackUrl !== null && (
              <MenuItem icon={<KeyRound aria-hidden />} onSelect={() => rotate.mutate('callback')}>
                {t('card.rotateCallback')}
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
      {webhook && (
        <div className="flex min-w-0 items-center gap-2 rounded-md bg-sunken py-1 pr-1 pl-3">
          <code className="min-w-0 flex-1 font-mono text-xs break-all text-ink-soft">{webhook.address}</code>
          <CopyButton text={webhook.address} label={t('card.copyAddress')} variant="quiet" size="small" iconOnly />
        </div>
      )}
      <Times trigger={trigger} />
      {trigger.deadDeliveries > 0 && (
        <Notice
          tone="danger"
          title={t('card.dead', { count: trigger.deadDeliveries })}
          actions={
            <Button size="small" onClick={onHistory}>
              {t('card.showDead')}
            </Button>
          }
        />
      )}
    </li>
  );
}

function Times({ trigger: { schedule, nextAt, lastFiring } }: { trigger: Trigger }) {
  const { t } = useTranslation('triggers');
  const format = useFormat();
  const toMoment = useMoment();
  const toRhythm = useRhythm();
  const isLocal = schedule?.timeZone === localTimeZone();
  return (
    <dl className="grid gap-x-6 gap-y-3 border-t border-line pt-4 text-sm sm:grid-cols-3">
      {schedule && (
        <div className="min-w-0">
          <dt className="text-xs text-ink-faint">{t('card.when')}</dt>
          <dd className="wrap-anywhere">
            {toRhythm(schedule.cron)}
            <span className="block text-xs text-ink-faint">{schedule.timeZone.replaceAll('_', ' ')}</span>
          </dd>
        </div>
      )}
      {schedule && (
        <div className="min-w-0">
          <dt className="text-xs text-ink-faint">{t('card.next')}</dt>
          <dd className="tabular-nums">
            {nextAt === null ? t('card.noNext') : toMoment(nextAt, schedule.timeZone)}
            {nextAt !== null && !isLocal && (
              <span className="block text-xs text-ink-faint">{t('next.local', { time: toMoment(nextAt) })}</span>
            )}
          </dd>
        </div>
      )}
      <div className="min-w-0">
        <dt className="text-xs text-ink-faint">{t('card.last')}</dt>
        <dd className="flex flex-wrap items-center gap-2">
          {lastFiring === null ? t('common:never') : format.ago(lastFiring.dueAt)}
          {lastFiring && <FiringBadge status={lastFiring.status} />}
        </dd>
      </div>
    </dl>
  );
}
