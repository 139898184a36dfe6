import { useInfiniteQuery } from '@tanstack/react-query';
import { ThumbsDown, ThumbsUp } from 'lucide-react';
import { useState } from 'react';
import { FeedbackRating, type ReceivedFeedback } from '#server/contract/feedback.ts';
import { feedbackListQuery } from '#web/features/feedback/api/feedback-requests.ts';
import { useFormat } from '#web/lib/format.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { Dialog } from '#web/ui/dialog.tsx';
import { ListStates } from '#web/ui/list-states.tsx';
import { LoadMore } from '#web/ui/load-more.tsx';
import { SelectField } from '#web/ui/select-field.tsx';

type FeedbackDialogProps = { open: boolean; onOpenChange: (open: boolean) => void; agent: string };

/** What people said of an agent's answers, for those who may edit it. */
export function FeedbackDialog({ open, onOpenChange, agent }: FeedbackDialogProps) {
  const { t } = useTranslation('feedback');
  const format = useFormat();
  const [rating, setRating] = useState<FeedbackRating | undefined>();
  const list = useInfiniteQuery({ ...feedbackListQuery(agent, rating), enabled: open });
  const sums = list.data?.pages[0]?.sums;
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={t('list.title')} description={t('list.privacy')}>
      <div className="grid gap-4">
        {sums && (
          <p className="flex flex-wrap items-center gap-x-4 gap-y-1 text-sm tabular-nums">
            <span>{t('list.up', { count: sums.up, number: format.number(sums.up) })}</span>
            <span>{t('list.down', { count: sums.down, number: format.number(sums.down) })}</span>
            {sums.reasons.map(({ reason, count }) => (
              <span key={reason} className="text-ink-soft">
                {t(`reason.${reason}`)} · {format.number(count)}
              </span>
            ))}
          </p>
        )}
        <SelectField
          label={t('list.show')}
          value={rating ?? 'all'}
          onChange={({ target }) => setRating(FeedbackRating.safeParse(target.value).data)}
          options={(['all', 'up', 'down'] as const).map((value) => ({ value, label: t(`list.filter.${value}`) }))}
        />
        <ListStates
          items={list.data?.pages.flatMap(({ items }) => items)}
          error={list.error}
          onRetry={list.refetch}
          empty={<p className="text-sm text-ink-soft">{t('list.empty')}</p>}
        >
          {(items) => (
            <ul className="grid gap-3">
              {items.map((said, place) => (
                // What is said has no name here: that would lead to its conversation.
                <FeedbackLine key={place} said={said} />
              ))}
            </ul>
          )}
        </ListStates>
        <LoadMore hasMore={list.hasNextPage} busy={list.isFetchingNextPage} onLoad={() => list.fetchNextPage()} />
      </div>
    </Dialog>
  );
}

function FeedbackLine({ said: { rating, reasons, text, version, model, createdAt } }: { said: ReceivedFeedback }) {
  const { t } = useTranslation('feedback');
  const format = useFormat();
  const Icon = rating === 'up' ? ThumbsUp : ThumbsDown;
  return (
    <li className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 rounded-md border border-line p-3 text-sm">
      <Icon className="mt-0.5 size-4" aria-label={t(`list.filter.${rating}`)} />
      <div className="grid gap-1 wrap-anywhere">
        {reasons.length > 0 && <p>{reasons.map((reason) => t(`reason.${reason}`)).join(' · ')}</p>}
        {text !== '' && <p className="whitespace-pre-wrap">{text}</p>}
        <p className="text-ink-faint">
          {[version === null ? t('list.draft') : t('list.version', { version }), model, format.ago(createdAt)].join(
            ' · ',
          )}
        </p>
      </div>
    </li>
  );
}
