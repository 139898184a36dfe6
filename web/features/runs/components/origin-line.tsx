import { AlarmClock, KeyRound, type LucideIcon, Webhook } from 'lucide-react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { RunOrigin } from '#server/contract/run-origin.ts';

const icons: Partial<Record<RunOrigin['kind'], LucideIcon>> = {
  api: KeyRound,
  schedule: AlarmClock,
  webhook: Webhook,
};

/** Says what started a run, where nobody did who sat at the page. */
export default function OriginLine({ origin }: { origin: RunOrigin }) {
  const { t } = useTranslation('remarks');
  const Icon = icons[origin.kind];
  if (!Icon) return null;
  const name = 'trigger' in origin ? origin.trigger.name : '';
  return (
    <p className="flex min-w-0 items-center gap-1.5 text-xs text-ink-faint">
      <Icon aria-hidden className="size-3.5 shrink-0" />
      <span className="min-w-0 truncate">{t(`origin.${origin.kind}`, { name })}</span>
    </p>
  );
}
