import { useTranslation } from 'react-i18next';
import type { RunNotice } from '#server/contract/run-event.ts';

/** Says one thing that people should know of how the model was asked. */
export function NoticeLine({ notice }: { notice: RunNotice }) {
  const { t } = useTranslation('runs');
  return (
    <p className="py-1 text-sm text-ink-soft">
      {t('notice.imagesLeftOut', { count: notice.images, model: notice.model })}
    </p>
  );
}
