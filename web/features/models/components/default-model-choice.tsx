import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { ModelList } from '#server/contract/model.ts';
import { modelListQuery } from '#web/features/models/api/model-list-query.ts';
import { setDefaultModel } from '#web/features/models/api/set-default-model.ts';
import { showProblemToast } from '#web/ui/problem-toast.ts';
import { SelectField } from '#web/ui/select-field.tsx';
import { showToast } from '#web/ui/toast-store.ts';

/** The model of agents that name none. */
export function DefaultModelChoice({ models }: { models: ModelList }) {
  const { t } = useTranslation('models');
  const cache = useQueryClient();
  const { mutate, isPending } = useMutation({
    mutationFn: setDefaultModel,
    onSuccess: async () => {
      await cache.invalidateQueries(modelListQuery);
      showToast({ title: t('default.saved'), tone: 'success' });
    },
    onError: showProblemToast,
  });
  const options = models.items
    .filter(({ personal }) => !personal)
    .map(({ reference, name, provider, kind }) => ({
      value: reference,
      label: `${name} · ${kind === 'planner' ? t('planner.name') : provider}`,
    }));
  // What stands in for an administrator alone is not the hub's.
  const isOwn = models.items.some(({ reference, personal }) => personal && reference === models.defaultModel);
  const chosen = isOwn ? '' : models.defaultModel;
  const known = isOwn || options.some(({ value }) => value === chosen);

  return (
    <SelectField
      className="w-full sm:w-80"
      label={t('default.label')}
      value={chosen}
      disabled={isPending}
      options={[
        ...(known ? [] : [{ value: chosen, label: chosen }]),
        ...options,
        { value: '', label: t('default.automatic') },
      ]}
      onChange={(event) => mutate(event.target.value === '' ? null : event.target.value)}
    />
  );
}
