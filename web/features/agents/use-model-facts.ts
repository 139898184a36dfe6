import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { ModelSummary } from '#server/contract/model.ts';
import { useFormat } from '#web/lib/format.ts';

/** What a model can do, as the page names it; a value is whether it can, null where nobody says. */
export const abilities = ['seesImages', 'usesTools', 'writesJson', 'reasons'] as const;
export type Ability = (typeof abilities)[number];

/** What one chooses a model by, as lines: its prices and its window, what it can do, and what is not known of that. */
export function useModelFacts() {
  const { t } = useTranslation('agents');
  const format = useFormat();
  const name = (ability: Ability) => t(`model.abilities.${ability}`);
  return {
    toFigures: ({ price: { inputUsd, outputUsd }, contextTokens }: ModelSummary) =>
      [
        inputUsd === null || outputUsd === null
          ? t('model.priceUnknown')
          : t('model.price', { input: format.priceUsd(inputUsd), output: format.priceUsd(outputUsd) }),
        contextTokens === null
          ? t('model.windowUnknown')
          : t('model.window', { tokens: format.compact(contextTokens) }),
      ].join(' · '),
    toAbilities: (model: ModelSummary) => abilities.filter((ability) => model[ability] === true).map(name),
    toUnknown: (model: ModelSummary) => abilities.filter((ability) => model[ability] === null).map(name),
  };
}
