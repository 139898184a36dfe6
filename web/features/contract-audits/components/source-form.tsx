import { Upload } from 'lucide-react';
import { useState } from 'react';
import type { ContractAudit } from '#server/contract/contract-audit.ts';
import { createAudit, createAuditFromZip } from '#web/features/contract-audits/api/audit-requests.ts';
import { isZip, readSourceFiles } from '#web/features/contract-audits/read-source-files.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { useCancellable } from '#web/lib/use-cancellable.ts';
import { useDropTarget } from '#web/lib/use-drop-target.ts';
import { Button, buttonClass } from '#web/ui/button.tsx';
import { Card } from '#web/ui/card.tsx';
import { ErrorPanel } from '#web/ui/error-panel.tsx';
import { Notice } from '#web/ui/notice.tsx';
import { TextArea } from '#web/ui/text-area.tsx';

/** Takes Solidity as text, or as files dropped or chosen, and has it audited. */
export function SourceForm({ onAudited }: { onAudited: (audit: ContractAudit) => void }) {
  const { t } = useTranslation('contract-audits');
  const { run, cancel } = useCancellable();
  const [text, setText] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [hasNone, setHasNone] = useState(false);
  const [error, setError] = useState<unknown>(null);

  const audit = async (work: (signal: AbortSignal) => Promise<ContractAudit>) => {
    setError(null);
    setHasNone(false);
    setBusy(true);
    try {
      const made = await run(work);
      if (made !== null) onAudited(made);
    } catch (thrown) {
      setError(thrown);
    } finally {
      setBusy(false);
    }
  };
  const take = async (files: readonly File[]) => {
    const zip = files.find(isZip);
    if (zip !== undefined) return audit((signal) => createAuditFromZip(zip, signal));
    const sources = await readSourceFiles(files);
    if (sources.length === 0) return setHasNone(true);
    return audit((signal) => createAudit(sources, signal));
  };
  const { isOver, target } = useDropTarget((files) => void take(files));

  return (
    <Card
      aria-label={t('form.label')}
      className={isOver ? 'outline-2 outline-offset-4 outline-accent outline-dashed' : ''}
      {...target}
    >
      <form
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (text.trim() !== '' && !isBusy)
            void audit((signal) => createAudit([{ path: 'contract.sol', content: text }], signal));
        }}
      >
        <TextArea
          label={t('form.source')}
          hint={t('form.hint')}
          monospaced
          rows={8}
          spellCheck={false}
          value={text}
          placeholder={'pragma solidity 0.8.37;\n\ncontract Vault { … }'}
          onChange={(event) => setText(event.target.value)}
        />
        {error !== null && <ErrorPanel error={error} />}
        {hasNone && (
          <div role="alert">
            <Notice tone="warning">{t('form.none')}</Notice>
          </div>
        )}
        {isBusy ? (
          <div role="status" className="flex items-center gap-3 rounded-md bg-sunken p-4 text-sm">
            <span className="min-w-0 flex-1 animate-breathe">{t('form.busy')}</span>
            <Button size="small" onClick={cancel}>
              {t('form.cancel')}
            </Button>
          </div>
        ) : (
          <div className="flex flex-wrap items-center gap-3">
            <Button variant="primary" type="submit" disabled={text.trim() === ''}>
              {t('form.audit')}
            </Button>
            <label
              className={`${buttonClass()} cursor-pointer has-focus-visible:outline-2 has-focus-visible:outline-accent`}
            >
              <Upload aria-hidden />
              {t('form.choose')}
              <input
                type="file"
                multiple
                accept=".sol,.zip"
                className="sr-only"
                onChange={({ target: input }) => {
                  const files = [...(input.files ?? [])];
                  input.value = '';
                  if (files.length > 0) void take(files);
                }}
              />
            </label>
          </div>
        )}
      </form>
    </Card>
  );
}
