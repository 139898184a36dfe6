import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { RunNotice } from '#server/contract/run-event.ts';

/** Says one thing that people should know of how the model was asked; a summary opens. What is to be known of the answer stands under it. */
export default function NoticeLine({ notice }: { notice: RunNotice }) {
  const { t } = useTranslation('remarks');
  switch (notice.kind) {
    case 'images-left-out':
      return <Line text={t('notice.imagesLeftOut', { count: notice.images, model: notice.model })} />;
    case 'turns-left-out':
      return <Line text={t('notice.turnsLeftOut', { count: notice.messages })} />;
    case 'turns-summarised':
      return (
        <details className="text-sm text-ink-soft">
          <summary className="w-fit rounded-sm py-1 hover:text-ink">
            {t('notice.turnsSummarised', { count: notice.messages })}
          </summary>
          <p className="pb-1 pl-4 break-words whitespace-pre-wrap">{notice.summary}</p>
        </details>
      );
    case 'figures-unsourced':
      return null;
  }
}

function Line({ text }: { text: string }) {
  return <p className="py-1 text-sm text-ink-soft">{text}</p>;
}
