import { X } from 'lucide-react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { Upload, Uploads } from '#web/features/files/use-uploads.ts';
import { classNames } from '#web/lib/class-names.ts';
import { useFormat } from '#web/lib/format.ts';
import { IconButton } from '#web/ui/icon-button.tsx';
import { Progress } from '#web/ui/progress.tsx';

/** Files that are being attached, each with how far it is and a way to take it off again. */
export function UploadList({ uploads, maximum }: { uploads: Uploads; maximum: number }) {
  const { t } = useTranslation('files');
  return (
    <>
      {uploads.uploads.length > 0 && (
        <ul aria-label={t('attached')} className="flex flex-wrap gap-2">
          {uploads.uploads.map((upload) => (
            <UploadChip key={upload.key} upload={upload} onRemove={() => uploads.remove(upload.key)} />
          ))}
        </ul>
      )}
      <p role="status" className="px-1 text-sm text-warning empty:hidden">
        {uploads.refusedCount > 0 ? t('tooMany', { count: maximum }) : ''}
      </p>
    </>
  );
}

function UploadChip({ upload, onRemove }: { upload: Upload; onRemove: () => void }) {
  const { t } = useTranslation('files');
  const format = useFormat();
  const { name, problem, stored, progress, size } = upload;
  return (
    <li
      className={classNames(
        'flex max-w-full items-center gap-2 rounded-md border py-1 pr-1 pl-3 text-sm sm:max-w-72',
        problem ? 'border-danger bg-danger-soft' : 'border-line bg-surface',
      )}
    >
      <div className="grid min-w-0 flex-1 gap-0.5">
        <span className="truncate">{name}</span>
        {problem ? (
          <span role="alert" className="text-xs text-danger">
            {problem}
          </span>
        ) : stored ? (
          <span className="text-xs text-ink-faint">{format.bytes(size)}</span>
        ) : (
          <Progress label={t('uploading', { name })} value={progress} />
        )}
      </div>
      <IconButton size="small" label={t('remove', { name })} icon={<X />} tooltip={false} onClick={onRemove} />
    </li>
  );
}
