import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { Firing } from '#server/contract/trigger.ts';
import { Badge, type Tone } from '#web/ui/badge.tsx';

const tones: Record<Firing['status'], Tone> = {
  waiting: 'neutral',
  skipped: 'warning',
  refused: 'danger',
  running: 'accent',
  completed: 'success',
  failed: 'danger',
  cancelled: 'neutral',
  interrupted: 'warning',
};

export function FiringBadge({ status }: { status: Firing['status'] }) {
  const { t } = useTranslation('triggers');
  return <Badge tone={tones[status]}>{t(`status.${status}`)}</Badge>;
}
