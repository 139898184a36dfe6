import { type ReactNode, useState } from 'react';
import type { Dataset } from '#server/contract/dataset.ts';
import { Upload } from 'lucide-react';
import { uploadDataset } from '#web/features/queries/api/table-requests.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { useCancellable } from '#web/lib/use-cancellable.ts';
import { useDropTarget } from '#web/lib/use-drop-target.ts';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { ErrorPanel } from '#web/ui/error-panel.tsx';
import { showToast } from '#web/ui/toast-store.ts';
import { WrongChecksums } from './wrong-checksums.tsx';

const accepted = '.csv,.tsv,.txt,.json,.ndjson,.jsonl,.parquet';

type UploadAreaProps = {
  isOpen: boolean;
  onOpenChange: (open: boolean) => void;
  onUploaded: () => void;
  children: ReactNode;
};

/** Brings tables: by a drop anywhere in it, or by a dialog. */
export function UploadArea({ isOpen, onOpenChange, onUploaded, children }: UploadAreaProps) {
  const { t } = useTranslation('queries');
  const { run, cancel } = useCancellable();
  const [sending, setSending] = useState<string | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [doubtful, setDoubtful] = useState<readonly Dataset[]>([]);

  const upload = async (files: readonly File[]) => {
    setError(null);
    setDoubtful([]);
    onOpenChange(true);
    const read: Dataset[] = [];
    try {
      for (const file of files) {
        setSending(file.name);
        const dataset = await run((signal) => uploadDataset(file, signal));
        if (dataset === null) return setSending(null);
        showToast({ title: t('upload.done', { name: dataset.name }), tone: 'success' });
        read.push(dataset);
        onUploaded();
      }
      const wrong = read.filter(({ wrongChecksums }) => (wrongChecksums ?? []).length > 0);
      setDoubtful(wrong);
      if (wrong.length === 0) onOpenChange(false);
    } catch (thrown) {
      setError(thrown);
    } finally {
      setSending(null);
    }
  };
  const { isOver, target } = useDropTarget((files) => void upload(files));
  const close = (open: boolean) => {
    if (!open) cancel();
    setError(null);
    setDoubtful([]);
    onOpenChange(open);
  };

  return (
    <div {...target} className={isOver ? 'rounded-lg outline-2 outline-offset-8 outline-accent outline-dashed' : ''}>
      {children}
      <Dialog open={isOpen} onOpenChange={close} title={t('upload.title')} description={t('upload.text')}>
        <div className="grid gap-4">
          {error !== null && <ErrorPanel error={error} />}
          {doubtful.map(({ id, name, wrongChecksums }) => (
            <WrongChecksums key={id} name={name} found={wrongChecksums ?? []} />
          ))}
          {sending === null ? (
            <label className="grid cursor-pointer justify-items-center gap-2 rounded-lg border border-dashed border-line-strong p-8 text-center has-focus-visible:outline-2 has-focus-visible:outline-accent hover:bg-sunken">
              <Upload aria-hidden className="size-6 text-accent" />
              <span className="font-medium">{t('upload.choose')}</span>
              <span className="text-sm text-ink-faint">{t('upload.limits')}</span>
              <input
                type="file"
                multiple
                accept={accepted}
                className="sr-only"
                onChange={({ target: input }) => {
                  const files = [...(input.files ?? [])];
                  input.value = '';
                  if (files.length > 0) void upload(files);
                }}
              />
            </label>
          ) : (
            <div role="status" className="flex items-center gap-3 rounded-md bg-sunken p-4 text-sm">
              <span className="min-w-0 flex-1 animate-breathe truncate">{t('upload.sending', { name: sending })}</span>
              <Button size="small" onClick={cancel}>
                {t('run.cancel')}
              </Button>
            </div>
          )}
        </div>
      </Dialog>
    </div>
  );
}
