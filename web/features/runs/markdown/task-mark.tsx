import { useTranslation } from '#web/lib/i18n/use-translation.ts';

/** Whether a task of a list is done, as its writer said; it cannot be changed here. */
export function TaskMark({ isDone }: { isDone: boolean }) {
  const { t } = useTranslation('runs');
  return (
    <input type="checkbox" aria-label={t(isDone ? 'task.done' : 'task.open')} checked={isDone} disabled readOnly />
  );
}
