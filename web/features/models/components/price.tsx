import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { ModelPrice } from '#server/contract/model.ts';
import { useFormat } from '#web/lib/format.ts';

/** Dollars per million tokens; an unknown price says so and is never zero. */
export function Price({ amountUsd }: { amountUsd: number | null }) {
  const { t } = useTranslation('models');
  const format = useFormat();
  if (amountUsd === null) return <span className="text-ink-faint italic">{t('common:unknown')}</span>;
  return <span>{format.priceUsd(amountUsd)}</span>;
}

/** Dollars for a minute or a million characters. */
export function SoundPrice({ inputUsd, unit }: Pick<ModelPrice, 'inputUsd' | 'unit'>) {
  const { t } = useTranslation('models');
  const format = useFormat();
  if (inputUsd === null) return <Price amountUsd={null} />;
  return <span>{t(`price.per.${unit}`, { price: format.priceUsd(inputUsd) })}</span>;
}
