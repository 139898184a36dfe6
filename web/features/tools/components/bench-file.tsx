import { useMutation } from '@tanstack/react-query';
import { Paperclip } from 'lucide-react';
import { useRef, useState } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { StoredFile } from '#server/contract/file.ts';
import { uploadFile } from '#web/features/files/api/upload-file.ts';
import { useCancellable } from '#web/lib/use-cancellable.ts';
import { Button } from '#web/ui/button.tsx';
import { ErrorPanel } from '#web/ui/error-panel.tsx';
import { Progress } from '#web/ui/progress.tsx';

type BenchFileProps = { name: string; isList: boolean; onStored: (files: StoredFile[]) => void };

/** Puts files into the hub, so that a tool can be sent them. */
export function BenchFile({ name, isList, onStored }: BenchFileProps) {
  const { t } = useTranslation('tools');
  const picker = useRef<HTMLInputElement>(null);
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
  const label = t(isList ? 'bench.files' : 'bench.file', { name });
  return (
    <div className="grid gap-2">
      <input
        ref={picker}
        type="file"
        multiple={isList}
        hidden
        aria-label={label}
        onChange={({ target }) => {
          if (target.files !== null && target.files.length > 0) upload.mutate([...target.files]);
          target.value = '';
        }}
      />
      <Button
        size="small"
        className="justify-self-start"
        icon={<Paperclip aria-hidden />}
        disabled={upload.isPending}
        onClick={() => picker.current?.click()}
      >
        {label}
      </Button>
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
