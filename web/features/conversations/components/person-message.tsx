import { lazy, memo, Suspense, useState } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { AttachedFile } from '#server/contract/conversation.ts';
import { dataMark } from '#server/contract/data-mark.ts';
import { useMessageActions } from '#web/features/conversations/message-actions.ts';
import type { TurnPlace } from '#web/features/conversations/to-turns.ts';
import { laterComponent } from '#web/lib/later-component.ts';

const AttachedFiles = lazy(() => import('#web/features/runs/components/attached-files.tsx'));
const MessageParts = lazy(() => import('./message-parts.tsx'));
const PersonActions = laterComponent(async () => (await import('./person-actions.tsx')).PersonActions);
const MessageEditor = lazy(async () => ({ default: (await import('./message-editor.tsx')).MessageEditor }));

type Said = { content: string; files: AttachedFile[] };

/** What the person wrote, as they wrote it; once it is stored, with what may be done with it. */
export const PersonMessage = memo(function PersonMessage({
  content,
  files,
  place,
}: Said & { place: TurnPlace | null }) {
  const { t } = useTranslation('conversations');
  return (
    <article
      aria-label={t('chat.you')}
      data-message={place?.id}
      className="grid min-w-0 grid-cols-1 justify-items-end gap-2"
    >
      {files.length > 0 && (
        <Suspense fallback={null}>
          <AttachedFiles files={files} />
        </Suspense>
      )}
      {place === null ? <Words content={content} /> : <StoredWords content={content} files={files} place={place} />}
    </article>
  );
});

function Words({ content }: { content: string }) {
  return (
    <div className="max-w-[85%] min-w-0 rounded-lg rounded-br-sm border border-line bg-sunken px-4 py-2.5 wrap-anywhere whitespace-pre-wrap">
      {content.includes(dataMark) ? (
        <Suspense fallback={null}>
          <MessageParts content={content} />
        </Suspense>
      ) : (
        content
      )}
    </div>
  );
}

function StoredWords({ content, files, place }: Said & { place: TurnPlace }) {
  const { editing, editedText, edit, rewrite, isBusy } = useMessageActions();
  const [isBack, setIsBack] = useState(false);
  if (editing === place.id) {
    return (
      <Suspense fallback={<Words content={content} />}>
        <MessageEditor
          content={editedText ?? content}
          isBusy={isBusy}
          onSend={(text) => rewrite(place.parentId, text, files)}
          onDrop={() => {
            edit(null);
            setIsBack(true);
          }}
        />
      </Suspense>
    );
  }
  return (
    <>
      <Words content={content} />
      <div className="min-h-9">
        <PersonActions content={content} place={place} isBack={isBack} />
      </div>
    </>
  );
}
