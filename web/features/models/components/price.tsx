import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { useFormat } from '#web/lib/format.ts';

/** Dollars per million tokens; an unknown price says so and is never zero. */
export function Price({ amountUsd }: { amountUsd: number | null }) {
  const { t } = useTranslation('models');
  const format = useFormat();
  if (amountUsd === null) return <span className="text-ink-faint italic">{t('common:unknown')}</span>;
  return <span>{format.priceUsd(amountUsd)}</span>;
}
