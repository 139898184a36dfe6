import { RotateCw, X } from 'lucide-react';
import type { Upload } from '#web/features/files/use-uploads.ts';
import { classNames } from '#web/lib/class-names.ts';
import { useFormat } from '#web/lib/format.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { IconButton } from '#web/ui/icon-button.tsx';
import { Progress } from '#web/ui/progress.tsx';

type UploadChipProps = { upload: Upload; onRetry: () => void; onRemove: () => void };

export function UploadChip({ upload, onRetry, onRemove }: UploadChipProps) {
  const { t } = useTranslation('files');
  const format = useFormat();
  const { name, problem, stored, progress, size, canRetry } = upload;
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
      {problem && canRetry && (
        <IconButton size="small" label={t('retry', { name })} icon={<RotateCw />} tooltip={false} onClick={onRetry} />
      )}
      <IconButton size="small" label={t('remove', { name })} icon={<X />} tooltip={false} onClick={onRemove} />
    </li>
  );
}
