import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { Trigger, TriggerWithSecrets } from '#server/contract/trigger.ts';
import {
  deleteTrigger,
  firingsKey,
  rotateSecret,
  triggersKey,
  tryTrigger,
  updateTrigger,
} from '#web/features/triggers/api/trigger-requests.ts';
import { deleteWithUndo } from '#web/ui/delete-with-undo.ts';
import { showProblemToast } from '#web/ui/problem-toast.ts';
import { showToast } from '#web/ui/toast-store.ts';

/** What may be done with a trigger besides changing it. */
export function useTriggerActions(trigger: Trigger, onSecret: (made: TriggerWithSecrets) => void) {
  const { t } = useTranslation('triggers');
  const cache = useQueryClient();
  const reload = () => cache.invalidateQueries({ queryKey: triggersKey });
  const onError = showProblemToast;
  const { id, name, paused } = trigger;

  const pause = useMutation({
    mutationFn: () => updateTrigger(id, { paused: paused === null }),
    onSuccess: reload,
    onError,
  });
  const run = useMutation({
    mutationFn: () => tryTrigger(id, {}),
    onSuccess: async ({ status, detail }) => {
      const isRefused = status === 'refused';
      showToast({
        title: t(isRefused ? 'try.refused' : 'try.started', { name }),
        detail: detail ?? undefined,
        tone: isRefused ? 'danger' : 'success',
      });
      await Promise.all([reload(), cache.invalidateQueries({ queryKey: firingsKey(id) })]);
    },
    onError,
  });
  const rotate = useMutation({
    mutationFn: (secret: 'webhook' | 'callback') => rotateSecret(id, secret),
    onSuccess: onSecret,
    onError,
  });
  const remove = () =>
    deleteWithUndo({
      id,
      title: t('delete.done', { name }),
      detail: t('delete.text'),
      send: () => deleteTrigger(id),
      reload,
    });
  return { pause, run, rotate, remove };
}
