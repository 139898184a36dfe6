import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { ModelSummary } from '#server/contract/model.ts';

/** Where a model is reached, with a mark on what is the person's own. */
export function useConnectionName() {
  const { t } = useTranslation('agents');
  return ({ provider, personal, kind }: Pick<ModelSummary, 'provider' | 'personal' | 'kind'>) => {
    if (kind === 'planner') return t('model.planner');
    return personal ? t('model.own', { connection: provider }) : provider;
  };
}
