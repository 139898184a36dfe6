import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { Button } from './button.tsx';

type LoadMoreProps = { hasMore: boolean; busy: boolean; onLoad: () => unknown };

/** Brings the next page of a list. */
export function LoadMore({ hasMore, busy, onLoad }: LoadMoreProps) {
  const { t } = useTranslation('common');
  if (!hasMore) return null;
  return (
    <div className="mt-4 flex justify-center">
      <Button variant="quiet" busy={busy} onClick={() => void onLoad()}>
        {t('loadMore')}
      </Button>
    </div>
  );
}
