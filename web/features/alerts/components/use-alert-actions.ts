import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Alert, AlertWithSecret } from '#server/contract/alert.ts';
import {
  alertsKey,
  deleteAlert,
  firingsKey,
  rotateSecret,
  tryAlert,
  updateAlert,
} from '#web/features/alerts/api/alert-requests.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { deleteWithUndo } from '#web/ui/delete-with-undo.ts';
import { showProblemToast } from '#web/ui/problem-toast.ts';
import { showToast } from '#web/ui/toast-store.ts';

/** What may be done with an alert besides changing it. */
export function useAlertActions({ id, name, paused }: Alert, onSecret: (made: AlertWithSecret) => void) {
  const { t } = useTranslation('alerts');
  const cache = useQueryClient();
  const reload = () => cache.invalidateQueries({ queryKey: alertsKey });
  const onError = showProblemToast;
  const pause = useMutation({
    mutationFn: () => updateAlert(id, { paused: paused === null }),
    onSuccess: reload,
    onError,
  });
  const run = useMutation({
    mutationFn: () => tryAlert(id),
    onSuccess: async () => {
      showToast({ title: t('try.done', { name }), tone: 'success' });
      await Promise.all([reload(), cache.invalidateQueries({ queryKey: firingsKey })]);
    },
    onError,
  });
  const rotate = useMutation({ mutationFn: () => rotateSecret(id), onSuccess: onSecret, onError });
  const remove = () =>
    deleteWithUndo({
      id,
      title: t('delete.done', { name }),
      detail: t('delete.text'),
      send: () => deleteAlert(id),
      reload,
    });
  return { pause, run, rotate, remove };
}
