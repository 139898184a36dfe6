import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Upload } from 'lucide-react';
import { useRef, useState } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { evalsKey, importEvals } from '#web/features/evals/api/eval-requests.ts';
import { Button } from '#web/ui/button.tsx';
import { CodeBlock } from '#web/ui/code-block.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { ErrorPanel } from '#web/ui/error-panel.tsx';
import { TextArea } from '#web/ui/text-area.tsx';
import { showToast } from '#web/ui/toast-store.ts';

type CsvDialogProps = { open: boolean; onOpenChange: (open: boolean) => void; agent: string };

const example = `name,question,contains,number,calls,rubric
Sum,What is 2 + 2?,,4,calculator,
Refund,Can I return a lamp?,30 days|one month,,,"Is polite, and names the deadline"`;

/** Brings tests from a table: a file, or pasted text; every fault is named with its line. */
export function CsvDialog({ open, onOpenChange, agent }: CsvDialogProps) {
  const { t } = useTranslation('evals');
  const cache = useQueryClient();
  const picker = useRef<HTMLInputElement>(null);
  const [csv, setCsv] = useState('');
  const load = useMutation({
    mutationFn: () => importEvals(agent, csv),
    onSuccess: ({ items }) => {
      void cache.invalidateQueries({ queryKey: evalsKey(agent) });
      showToast({ title: t('csv.done', { count: items.length }), tone: 'success' });
      setCsv('');
      onOpenChange(false);
    },
  });
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      size="large"
      title={t('csv.title')}
      description={t('csv.text')}
      footer={
        <Button variant="primary" busy={load.isPending} disabled={csv.trim() === ''} onClick={() => load.mutate()}>
          {t('csv.import')}
        </Button>
      }
    >
      <div className="grid gap-5">
        <CodeBlock label={t('csv.example')} code={example} />
        <p className="text-sm text-ink-soft">{t('csv.columns')}</p>
        <input
          ref={picker}
          type="file"
          accept=".csv,text/csv"
          hidden
          aria-label={t('csv.file')}
          onChange={(event) => {
            const file = event.target.files?.[0];
            event.target.value = '';
            load.reset();
            void file?.text().then(setCsv);
          }}
        />
        <Button className="justify-self-start" icon={<Upload aria-hidden />} onClick={() => picker.current?.click()}>
          {t('csv.file')}
        </Button>
        <TextArea
          monospaced
          rows={6}
          spellCheck={false}
          label={t('csv.paste')}
          value={csv}
          onChange={(event) => setCsv(event.target.value)}
        />
        {load.isError && <ErrorPanel error={load.error} />}
      </div>
    </Dialog>
  );
}
