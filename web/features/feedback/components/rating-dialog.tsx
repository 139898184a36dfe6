import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { Feedback, FeedbackReason } from '#server/contract/feedback.ts';
import { rateAnswer } from '#web/features/feedback/api/feedback-requests.ts';
import { reasonsFor } from '#web/features/feedback/reasons.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { Button } from '#web/ui/button.tsx';
import { CheckboxField } from '#web/ui/checkbox-field.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { ErrorPanel } from '#web/ui/error-panel.tsx';
import { TextArea } from '#web/ui/text-area.tsx';

type RatingDialogProps = {
  open: boolean;
  message: string;
  feedback: Feedback | null;
  onChange: (feedback: Feedback) => void;
  onClose: () => void;
};

/** Why an answer was good or was not; the rating counts already. */
export function RatingDialog({ open, message, feedback, onChange, onClose }: RatingDialogProps) {
  const { t } = useTranslation('feedback');
  const [reasons, setReasons] = useState<FeedbackReason[]>([]);
  const [text, setText] = useState('');
  const rating = feedback?.rating ?? 'up';
  const chosen = reasons.filter((reason) => reasonsFor[rating].includes(reason));
  const send = useMutation({
    mutationFn: () => rateAnswer(message, { rating, reasons: chosen, text: text.trim() }),
    onSuccess: (said) => {
      onChange(said);
      onClose();
    },
  });
  return (
    <Dialog
      open={open}
      onOpenChange={onClose}
      title={t(`dialog.${rating}`)}
      description={t('dialog.privacy')}
      size="small"
      footer={
        <>
          <Button variant="quiet" onClick={onClose}>
            {t('dialog.skip')}
          </Button>
          <Button
            variant="primary"
            busy={send.isPending}
            disabled={chosen.length === 0 && text.trim() === ''}
            onClick={() => send.mutate()}
          >
            {t('dialog.send')}
          </Button>
        </>
      }
    >
      <div className="grid gap-4">
        <fieldset className="grid gap-3">
          <legend className="sr-only">{t('dialog.reasons')}</legend>
          {reasonsFor[rating].map((reason) => (
            <CheckboxField
              key={reason}
              label={t(`reason.${reason}`)}
              checked={reasons.includes(reason)}
              onChange={({ target }) =>
                setReasons((before) => (target.checked ? [...before, reason] : before.filter((one) => one !== reason)))
              }
            />
          ))}
        </fieldset>
        <TextArea
          label={t('dialog.text')}
          value={text}
          maxLength={2000}
          onChange={({ target }) => setText(target.value)}
        />
        {send.isError && <ErrorPanel error={send.error} onRetry={() => send.mutate()} />}
      </div>
    </Dialog>
  );
}
