import { useMutation } from '@tanstack/react-query';
import { Eye } from 'lucide-react';
import { useFormContext } from 'react-hook-form';
import type { AlertPreview, AlertWatch } from '#server/contract/alert.ts';
import { type AlertFormValues, toWatchInput } from '#web/features/alerts/alert-form-values.ts';
import { previewAlert } from '#web/features/alerts/api/alert-requests.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { showProblemInForm } from '#web/lib/problem-in-form.ts';
import { useLocalized } from '#web/lib/use-localized.ts';
import { Button } from '#web/ui/button.tsx';
import { ErrorPanel } from '#web/ui/error-panel.tsx';
import { Notice } from '#web/ui/notice.tsx';

/** What the alert that is being written would see now. */
export function PreviewButton({ kept }: { kept: AlertWatch | null }) {
  const { t } = useTranslation('alerts');
  const toText = useLocalized();
  const form = useFormContext<AlertFormValues>();
  const preview = useMutation({
    mutationFn: (watch: AlertWatch) => previewAlert(watch),
    onError: (problem) => void showProblemInForm(form, problem),
  });
  const look = async () => {
    if (!(await form.trigger('watch'))) return;
    const watch = form.getValues('watch');
    // The form was checked against the contract just now.
    preview.mutate(toWatchInput(watch, kept) as AlertWatch);
  };
  return (
    <>
      <div role="status" className="grid w-full gap-2 empty:hidden">
        {preview.data && <Seen preview={preview.data} />}
        {preview.data?.warnings.map((warning) => (
          <Notice key={warning.en} tone="warning">
            {toText(warning)}
          </Notice>
        ))}
      </div>
      {preview.error && (
        <div className="w-full">
          <ErrorPanel error={preview.error} />
        </div>
      )}
      <Button className="mr-auto" icon={<Eye aria-hidden />} busy={preview.isPending} onClick={() => void look()}>
        {t('preview.look')}
      </Button>
    </>
  );
}

function Seen({ preview: { value, unit, isMet, recent, facts } }: { preview: AlertPreview }) {
  const { t } = useTranslation('alerts');
  const toText = useLocalized();
  if (recent !== null) {
    const [latest] = recent.facts;
    const blocks = { from: recent.fromBlock, to: recent.toBlock };
    return (
      <Notice title={t('preview.recent', { count: recent.count, ...blocks })}>
        {latest && <p className="wrap-anywhere">{toText(latest.summary)}</p>}
      </Notice>
    );
  }
  if (value === null) return <Notice>{t('preview.nothing')}</Notice>;
  const figure = unit === null ? value : `${value} ${unit}`;
  return (
    <Notice
      tone={isMet === true ? 'warning' : 'neutral'}
      title={t(isMet === true ? 'preview.met' : 'preview.figure', { figure })}
    >
      {facts && <p className="wrap-anywhere">{toText(facts.summary)}</p>}
    </Notice>
  );
}
