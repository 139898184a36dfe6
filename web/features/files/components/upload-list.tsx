import { lazy, Suspense } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { removeInPlace } from '#web/ui/hold-place.ts';
import type { Uploads } from '#web/features/files/use-uploads.ts';

const UploadChip = lazy(async () => ({ default: (await import('./upload-chip.tsx')).UploadChip }));

/** Files that are being attached, each with how far it is and a way to take it off again. */
export function UploadList({ uploads, maximum }: { uploads: Uploads; maximum: number }) {
  const { t } = useTranslation('files');
  const failed = uploads.uploads.filter(({ problem }) => problem !== null);
  const mayPass = failed.some(({ canRetry }) => canRetry);
  return (
    <>
      {uploads.uploads.length > 0 && (
        <Suspense fallback={null}>
          <ul aria-label={t('attached')} className="flex flex-wrap gap-2">
            {uploads.uploads.map((upload) => (
              <UploadChip
                key={upload.key}
                upload={upload}
                onRetry={() => removeInPlace(() => uploads.retry(upload))}
                onRemove={() => removeInPlace(() => uploads.remove(upload.key))}
              />
            ))}
          </ul>
        </Suspense>
      )}
      <p role="status" className="px-1 text-sm text-warning empty:hidden">
        {[
          uploads.refusedCount > 0 && t('tooMany', { count: maximum }),
          failed.length > 0 && t(mayPass ? 'failed' : 'refused'),
        ]
          .filter((text) => text !== false)
          .join(' ')}
      </p>
    </>
  );
}
