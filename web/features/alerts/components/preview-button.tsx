import { useMutation } from '@tanstack/react-query';
import { Eye } from 'lucide-react';
import { useFormContext } from 'react-hook-form';
import type { AlertPreview, AlertWatch } from '#server/contract/alert.ts';
import type { LocalizedText } from '#server/contract/localized-text.ts';
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

/** One notice for all of it: on a phone each takes a part of the form's height. */
function Seen({ preview }: { preview: AlertPreview }) {
  const toText = useLocalized();
  const { title, summary } = useSeen(preview);
  const { isMet, warnings } = preview;
  const told = summary === null ? warnings : [summary, ...warnings];
  return (
    <Notice tone={isMet === true || warnings.length > 0 ? 'warning' : 'neutral'} title={title}>
      {told.map((text) => (
        <p key={text.en} className="wrap-anywhere not-first:mt-1">
          {toText(text)}
        </p>
      ))}
    </Notice>
  );
}

function useSeen({ value, unit, isMet, recent, facts }: AlertPreview): {
  title: string;
  summary: LocalizedText | null;
} {
  const { t } = useTranslation('alerts');
  if (recent !== null) {
    const { count, fromBlock: from, toBlock: to } = recent;
    return { title: t('preview.recent', { count, from, to }), summary: recent.facts[0]?.summary ?? null };
  }
  if (value === null) return { title: t('preview.nothing'), summary: null };
  const figure = unit === null ? value : `${value} ${unit}`;
  return {
    title: t(isMet === true ? 'preview.met' : 'preview.figure', { figure }),
    summary: facts?.summary ?? null,
  };
}
