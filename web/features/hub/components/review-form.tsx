import { useForm } from 'react-hook-form';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { type HubAgentDetail, reviewLength, ReviewInput } from '#server/contract/hub.ts';
import { writeReview } from '#web/features/hub/api/hub-requests.ts';
import { formResolver } from '#web/lib/form-resolver.ts';
import { useSubmit } from '#web/lib/use-submit.ts';
import { Form } from '#web/ui/form.tsx';
import { InlineFormActions } from '#web/ui/inline-form-actions.tsx';
import { TextArea } from '#web/ui/text-area.tsx';
import { StarsField } from './rating-stars.tsx';

type ReviewFormProps = { agent: HubAgentDetail; onDone: () => void; onCancel: () => void };

/** Stars and words for an agent that one has used. */
export function ReviewForm({ agent: { id, myReview }, onDone, onCancel }: ReviewFormProps) {
  const { t } = useTranslation('hub');
  const form = useForm({
    resolver: formResolver(ReviewInput),
    defaultValues: { stars: myReview?.stars ?? 0, text: myReview?.text ?? '' },
  });
  const { submit, busy, error } = useSubmit(form, { send: (review) => writeReview(id, review), onDone });
  const { errors } = form.formState;
  return (
    <Form onSubmit={submit} error={error} className="rounded-lg border border-line bg-surface p-4 sm:p-5">
      <StarsField
        value={form.watch('stars')}
        onChange={(stars) => form.setValue('stars', stars, { shouldValidate: true })}
        error={errors.stars && t('review.starsNeeded')}
      />
      <TextArea
        label={t('review.text')}
        hint={t('review.textHint')}
        optional
        maxLength={reviewLength}
        error={errors.text?.message}
        {...form.register('text')}
      />
      <InlineFormActions busy={busy} onCancel={onCancel} />
    </Form>
  );
}
