import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { HubAgentDetail } from '#server/contract/hub.ts';
import { deleteOwnReview, hubKeys, reviewList } from '#web/features/hub/api/hub-requests.ts';
import { usePageList } from '#web/lib/use-page-list.ts';
import { Button } from '#web/ui/button.tsx';
import { showProblemToast } from '#web/ui/problem-toast.ts';
import { LinedList } from './lined-list.tsx';
import { ReviewForm } from './review-form.tsx';
import { ReviewItem } from './review-item.tsx';

/** What people say of an agent, and one's own word on it. */
export function ReviewList({ agent }: { agent: HubAgentDetail }) {
  const { t } = useTranslation('hub');
  const cache = useQueryClient();
  const [isWriting, setWriting] = useState(false);
  const reviews = usePageList(reviewList(agent.handle));
  const reload = () => cache.invalidateQueries({ queryKey: hubKeys.all });
  const takeBack = () => deleteOwnReview(agent.id).then(reload, showProblemToast);
  const { myReview, can } = agent;

  return (
    <section aria-labelledby="reviews" className="grid min-w-0 gap-4">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h2 id="reviews" className="font-display text-xl">
          {t('review.title')}
        </h2>
        {can.review && !isWriting && (
          <div className="flex flex-wrap gap-2">
            <Button size="small" onClick={() => setWriting(true)}>
              {t(myReview === null ? 'review.write' : 'review.change')}
            </Button>
            {myReview !== null && (
              <Button size="small" variant="quiet" onClick={() => void takeBack()}>
                {t('review.takeBack')}
              </Button>
            )}
          </div>
        )}
      </div>
      {isWriting && (
        <ReviewForm
          agent={agent}
          onCancel={() => setWriting(false)}
          onDone={() => {
            setWriting(false);
            void reload();
          }}
        />
      )}
      <LinedList
        list={reviews}
        empty={t(can.review ? 'review.first' : 'review.none')}
        renderItem={(review) => <ReviewItem key={review.id} review={review} onChange={reload} />}
      />
    </section>
  );
}
