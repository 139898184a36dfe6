import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { foldersQuery } from '#web/features/conversations/api/folder-requests.ts';
import { ErrorPanel } from '#web/ui/error-panel.tsx';
import { ConversationSection, type ListPlace } from './conversation-section.tsx';

const FolderSection = lazy(async () => ({ default: (await import('./folder-section.tsx')).FolderSection }));

const pinned = { pinned: true } as const;

/** What stands above all else: pinned conversations, and folders that open. */
export default function KeptConversations(place: ListPlace) {
  const { t } = useTranslation('conversations');
  const folders = useQuery(foldersQuery);
  return (
    <>
      <ConversationSection listed={pinned} title={t('list.pinned')} {...place} />
      {folders.isError && <ErrorPanel error={folders.error} onRetry={folders.refetch} />}
      {folders.data !== undefined && folders.data.length > 0 && (
        <Suspense fallback={null}>
          <ul aria-label={t('folders.label')} className="grid min-w-0 grid-cols-1 gap-0.5">
            {folders.data.map((folder) => (
              <FolderSection key={folder.id} folder={folder} {...place} />
            ))}
          </ul>
        </Suspense>
      )}
    </>
  );
}
