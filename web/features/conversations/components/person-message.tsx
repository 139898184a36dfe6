import { memo } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { AttachedFile } from '#server/contract/conversation.ts';
import { FileChip } from '#web/features/files/components/file-chip.tsx';

/** What the person wrote, as they wrote it. */
export const PersonMessage = memo(function PersonMessage({
  content,
  files,
}: {
  content: string;
  files: AttachedFile[];
}) {
  const { t } = useTranslation('conversations');
  return (
    <article aria-label={t('chat.you')} className="grid min-w-0 justify-items-end gap-2">
      {files.length > 0 && (
        <ul className="flex flex-wrap justify-end gap-2">
          {files.map((file) => (
            <li key={file.id}>
              <FileChip file={file} />
            </li>
          ))}
        </ul>
      )}
      <div className="max-w-[85%] min-w-0 rounded-lg rounded-br-sm border border-line bg-sunken px-4 py-2.5 wrap-anywhere whitespace-pre-wrap">
        {content}
      </div>
    </article>
  );
});
