import { Heart, SearchX, Sparkles } from 'lucide-react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { Link } from 'react-router';
import type { HubFilter } from '#web/features/hub/api/hub-requests.ts';
import { Button } from '#web/ui/button.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';

type HubEmptyProps = { filter: HubFilter; createPath: string | null; onClear: () => void };

/** What stands where no agent is, and how one comes there. */
export function HubEmpty({ filter, createPath, onClear }: HubEmptyProps) {
  const { t } = useTranslation('hub');
  if (filter.onlyFavourites) {
    return (
      <EmptyState
        icon={<Heart />}
        title={t('empty.favourites')}
        action={<Button onClick={onClear}>{t('empty.showAll')}</Button>}
      >
        {t('empty.favouritesText')}
      </EmptyState>
    );
  }
  const isFiltered = filter.search !== '' || filter.category !== null || filter.tag !== null;
  if (isFiltered) {
    return (
      <EmptyState
        icon={<SearchX />}
        title={t('empty.nothing')}
        action={<Button onClick={onClear}>{t('empty.showAll')}</Button>}
      >
        {t('empty.nothingText')}
      </EmptyState>
    );
  }
  const create = createPath !== null && (
    <Button asChild variant="primary">
      <Link to={createPath}>{t('empty.create')}</Link>
    </Button>
  );
  return (
    <EmptyState icon={<Sparkles />} title={t('empty.hub')} action={create}>
      {t('empty.hubText')}
    </EmptyState>
  );
}
