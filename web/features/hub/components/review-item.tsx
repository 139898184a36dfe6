import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { type HubReview, ReviewAnswerInput, reviewLength } from '#server/contract/hub.ts';
import { answerReview, removeReview } from '#web/features/hub/api/hub-requests.ts';
import { formResolver } from '#web/lib/form-resolver.ts';
import { useFormat } from '#web/lib/format.ts';
import { useSubmit } from '#web/lib/use-submit.ts';
import { Button } from '#web/ui/button.tsx';
import { ConfirmDialog } from '#web/ui/confirm-dialog.tsx';
import { Form } from '#web/ui/form.tsx';
import { InlineFormActions } from '#web/ui/inline-form-actions.tsx';
import { TextArea } from '#web/ui/text-area.tsx';
import { Stars } from './rating-stars.tsx';

type ReviewItemProps = { review: HubReview; onChange: () => Promise<unknown> };

/** One review with the owner's answer; plain text, as strangers wrote it. */
export function ReviewItem({ review, onChange }: ReviewItemProps) {
  const { t } = useTranslation('hub');
  const format = useFormat();
  const [open, setOpen] = useState<'answer' | 'remove' | null>(null);
  const { can, answer } = review;
  return (
    <li className="grid min-w-0 gap-2 p-4">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm">
        <Stars stars={review.stars} />
        <span className="font-medium">{review.author}</span>
        <span className="text-ink-faint">
          {format.ago(review.updatedAt)} · {t('facts.version', { version: review.version })}
        </span>
      </div>
      {review.text !== '' && <p className="wrap-anywhere whitespace-pre-line">{review.text}</p>}
      {answer && (
        <div className="border-l-2 border-chain pl-4 text-sm">
          <p className="text-ink-faint">
            {t('review.answered')} · {format.ago(answer.at)}
          </p>
          <p className="wrap-anywhere whitespace-pre-line">{answer.text}</p>
        </div>
      )}
      {open === 'answer' && (
        <AnswerForm
          review={review.id}
          onCancel={() => setOpen(null)}
          onDone={() => {
            setOpen(null);
            void onChange();
          }}
        />
      )}
      {open !== 'answer' && (can.answer || can.remove) && (
        <div className="flex flex-wrap gap-2">
          {can.answer && (
            <Button size="small" variant="quiet" onClick={() => setOpen('answer')}>
              {t('review.answer')}
            </Button>
          )}
          {can.remove && (
            <Button size="small" variant="quiet" onClick={() => setOpen('remove')}>
              {t('review.remove')}
            </Button>
          )}
        </div>
      )}
      <ConfirmDialog
        open={open === 'remove'}
        onOpenChange={() => setOpen(null)}
        title={t('review.removeTitle', { name: review.author })}
        description={t('review.removeText')}
        confirmLabel={t('review.remove')}
        onConfirm={() => removeReview(review.id).then(onChange)}
      />
    </li>
  );
}

function AnswerForm({ review, onDone, onCancel }: { review: string; onDone: () => void; onCancel: () => void }) {
  const { t } = useTranslation('hub');
  const form = useForm({ resolver: formResolver(ReviewAnswerInput), defaultValues: { text: '' } });
  const { submit, busy, error } = useSubmit(form, { send: ({ text }) => answerReview(review, text), onDone });
  return (
    <Form onSubmit={submit} error={error} className="gap-3!">
      <TextArea
        label={t('review.answer')}
        hint={t('review.answerHint')}
        maxLength={reviewLength}
        error={form.formState.errors.text?.message}
        {...form.register('text')}
      />
      <InlineFormActions busy={busy} submitLabel={t('review.send')} onCancel={onCancel} />
    </Form>
  );
}
