import { Paperclip, X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { EvalFile } from '#server/contract/eval.ts';
import { UploadList } from '#web/features/files/components/upload-list.tsx';
import { useUploads } from '#web/features/files/use-uploads.ts';
import { Button } from '#web/ui/button.tsx';
import { FieldGroup } from '#web/ui/field-group.tsx';
import { IconButton } from '#web/ui/icon-button.tsx';

const mostFiles = 10;

type EvalFilesProps = { files: EvalFile[]; onChange: (files: EvalFile[]) => void };

/** The files that are sent with the question. */
export function EvalFiles({ files, onChange }: EvalFilesProps) {
  const { t } = useTranslation('evals');
  const picker = useRef<HTMLInputElement>(null);
  const room = mostFiles - files.length;
  const uploads = useUploads({ maximum: room });
  useEffect(() => {
    const arrived = uploads.uploads.flatMap(({ key, stored }) => (stored === null ? [] : [{ key, stored }]));
    if (arrived.length === 0) return;
    for (const { key } of arrived) uploads.remove(key);
    onChange([...files, ...arrived.map(({ stored }) => ({ file: stored.id, name: stored.name }))]);
  }, [uploads, files, onChange]);
  return (
    <FieldGroup label={t('form.files')} hint={t('form.filesHint')}>
      {files.length > 0 && (
        <ul className="flex flex-wrap gap-2">
          {files.map(({ file, name }) => (
            <li
              key={file}
              className="flex max-w-full items-center rounded-md border border-line bg-surface pl-3 text-sm"
            >
              <span className="truncate">{name}</span>
              <IconButton
                size="small"
                label={t('form.removeFile', { name })}
                icon={<X />}
                onClick={() => onChange(files.filter((other) => other.file !== file))}
              />
            </li>
          ))}
        </ul>
      )}
      <UploadList uploads={uploads} maximum={room} />
      <input
        ref={picker}
        type="file"
        multiple
        hidden
        aria-label={t('form.addFile')}
        onChange={(event) => {
          uploads.add(event.target.files ?? []);
          event.target.value = '';
        }}
      />
      {room > 0 && (
        <Button
          size="small"
          className="justify-self-start"
          icon={<Paperclip aria-hidden />}
          onClick={() => picker.current?.click()}
        >
          {t('form.addFile')}
        </Button>
      )}
    </FieldGroup>
  );
}
