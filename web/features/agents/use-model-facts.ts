import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { ModelSummary } from '#server/contract/model.ts';
import { useFormat } from '#web/lib/format.ts';

/** What one chooses a model by, in a line: its prices, its window, and whether it sees images. */
export function useModelFacts() {
  const { t } = useTranslation('agents');
  const format = useFormat();
  return ({ price: { inputUsd, outputUsd }, contextTokens, seesImages }: ModelSummary) =>
    [
      inputUsd === null || outputUsd === null
        ? t('model.priceUnknown')
        : t('model.price', { input: format.priceUsd(inputUsd), output: format.priceUsd(outputUsd) }),
      ...(contextTokens === null ? [] : [t('model.window', { tokens: format.compact(contextTokens) })]),
      ...(seesImages === null ? [] : [t(seesImages ? 'model.seesImages' : 'model.textOnly')]),
    ].join(' · ');
}
