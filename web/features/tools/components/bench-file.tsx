import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { StoredFile } from '#server/contract/file.ts';
import { uploadFile } from '#web/features/files/api/upload-file.ts';
import { useCancellable } from '#web/lib/use-cancellable.ts';
import { Button } from '#web/ui/button.tsx';
import { ErrorPanel } from '#web/ui/error-panel.tsx';
import { FormField } from '#web/ui/form-field.tsx';
import { Progress } from '#web/ui/progress.tsx';

type BenchFileProps = { name: string; isList: boolean; onStored: (files: StoredFile[]) => void };

/** Puts files into the hub, so that a tool can be sent them. */
export function BenchFile({ name, isList, onStored }: BenchFileProps) {
  const { t } = useTranslation('tools');
  const [progress, setProgress] = useState(0);
  const { run, cancel } = useCancellable();
  const upload = useMutation({
    mutationFn: (files: File[]) =>
      run(async (signal) => {
        const stored: StoredFile[] = [];
        for (const [place, file] of files.entries()) {
          const onProgress = (part: number) => setProgress((place + part) / files.length);
          stored.push(await uploadFile(file, { onProgress, signal }));
        }
        return stored;
      }),
    onMutate: () => setProgress(0),
    onSuccess: (stored) => stored !== null && onStored(stored),
  });
  return (
    <div className="grid gap-2">
      <FormField label={t(isList ? 'bench.files' : 'bench.file', { name })}>
        {(control) => (
          <input
            {...control}
            type="file"
            multiple={isList}
            disabled={upload.isPending}
            className="control file:mr-3 file:cursor-pointer file:rounded-sm file:border-0 file:bg-sunken file:px-3 file:py-1 file:text-ink"
            onChange={({ target }) => {
              if (target.files !== null && target.files.length > 0) upload.mutate([...target.files]);
              target.value = '';
            }}
          />
        )}
      </FormField>
      {upload.isPending && (
        <div className="flex items-center gap-3">
          <Progress label={t('bench.uploading')} value={progress} />
          <Button size="small" onClick={cancel}>
            {t('common:action.cancel')}
          </Button>
        </div>
      )}
      {upload.isError && <ErrorPanel error={upload.error} />}
    </div>
  );
}
