import { useMutation } from '@tanstack/react-query';
import { ThumbsDown, ThumbsUp } from 'lucide-react';
import { useState } from 'react';
import type { Feedback, FeedbackRating } from '#server/contract/feedback.ts';
import { rateAnswer, takeRatingBack } from '#web/features/feedback/api/feedback-requests.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { lazyDialog } from '#web/ui/dialog.tsx';
import { IconButton } from '#web/ui/icon-button.tsx';
import { showProblemToast } from '#web/ui/problem-toast.ts';

const RatingDialog = lazyDialog(async () => (await import('./rating-dialog.tsx')).RatingDialog);

type RatingButtonsProps = {
  message: string;
  feedback: Feedback | null;
  onChange: (feedback: Feedback | null) => void;
};

/** Thumbs under an answer: pressed, they count at once and ask for reasons; pressed again, they take it back. */
export function RatingButtons({ message, feedback, onChange }: RatingButtonsProps) {
  const { t } = useTranslation('feedback');
  const [isOpen, setIsOpen] = useState(false);
  const rate = useMutation({
    mutationFn: async (rating: FeedbackRating) => {
      if (feedback?.rating !== rating) return rateAnswer(message, { rating, reasons: [], text: '' });
      await takeRatingBack(message);
      return null;
    },
    onSuccess: (said) => {
      onChange(said);
      setIsOpen(said !== null);
    },
    onError: showProblemToast,
  });
  // Not disabled meanwhile: the focus would be lost, and the window that opens could not give it back.
  const press = (rating: FeedbackRating) => {
    if (!rate.isPending) rate.mutate(rating);
  };
  return (
    <>
      <IconButton
        label={t('rating.up')}
        icon={<ThumbsUp />}
        size="small"
        aria-pressed={feedback?.rating === 'up'}
        className="aria-pressed:text-accent"
        aria-disabled={rate.isPending || undefined}
        onClick={() => press('up')}
      />
      <IconButton
        label={t('rating.down')}
        icon={<ThumbsDown />}
        size="small"
        aria-pressed={feedback?.rating === 'down'}
        className="aria-pressed:text-accent"
        aria-disabled={rate.isPending || undefined}
        onClick={() => press('down')}
      />
      {/* Reasons for the one are none for the other. */}
      <RatingDialog
        key={feedback?.rating ?? 'none'}
        open={isOpen && feedback !== null}
        message={message}
        feedback={feedback}
        onChange={onChange}
        onClose={() => setIsOpen(false)}
      />
    </>
  );
}
