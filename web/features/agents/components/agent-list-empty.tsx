import { SearchX, Sparkles } from 'lucide-react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { Link } from 'react-router';
import { Button } from '#web/ui/button.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';

type AgentListEmptyProps = {
  isFiltered: boolean;
  scope: 'all' | 'mine' | 'shipped';
  createPath: string | null;
  onClear: () => void;
};

export function AgentListEmpty({ isFiltered, scope, createPath, onClear }: AgentListEmptyProps) {
  const { t } = useTranslation('agents');
  const isFirst = !isFiltered || scope === 'mine';
  return (
    <EmptyState
      icon={isFirst ? <Sparkles /> : <SearchX />}
      title={t(isFirst ? 'list.emptyTitle' : 'list.nothingTitle')}
      action={
        <>
          {isFiltered && <Button onClick={onClear}>{t('list.showAll')}</Button>}
          {isFirst && createPath !== null && (
            <Button asChild variant="primary">
              <Link to={createPath}>{t('list.createFirst')}</Link>
            </Button>
          )}
        </>
      }
    >
      <p>{t(isFirst ? 'list.emptyText' : 'list.nothingText')}</p>
    </EmptyState>
  );
}
