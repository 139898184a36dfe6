import { useQueryClient } from '@tanstack/react-query';
import { ChartSpline, Database, Trash2 } from 'lucide-react';
import { Link } from 'react-router';
import type { AnalysisSummary } from '#server/contract/analysis.ts';
import { analysesKey, deleteAnalysis, useAnalyses } from '#web/features/analyses/api/analysis-requests.ts';
import { useFormat } from '#web/lib/format.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { Button } from '#web/ui/button.tsx';
import { Card } from '#web/ui/card.tsx';
import { deleteWithUndo, useWithoutDeleted } from '#web/ui/delete-with-undo.ts';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { IconButton } from '#web/ui/icon-button.tsx';
import { ListStates } from '#web/ui/list-states.tsx';
import { LoadMore } from '#web/ui/load-more.tsx';
import { PageHeader } from '#web/ui/page-header.tsx';

/** The person's analyses, newest first. */
export function AnalysisDesk({ toAddress, data }: { toAddress: (analysis: string) => string; data: string }) {
  const { t } = useTranslation('analyses');
  const format = useFormat();
  const cache = useQueryClient();
  const analyses = useAnalyses();
  const items = useWithoutDeleted(analyses.items);
  const toData = (
    <Button asChild icon={<Database aria-hidden />}>
      <Link to={data}>{t('toData')}</Link>
    </Button>
  );
  const remove = ({ id, title }: AnalysisSummary) =>
    deleteWithUndo({
      id,
      title: t('list.removed', { title }),
      detail: t('list.removedText'),
      send: () => deleteAnalysis(id),
      reload: () => cache.invalidateQueries({ queryKey: [...analysesKey, 'own'] }),
    });
  return (
    <>
      <PageHeader title={t('title')} description={t('description')} actions={toData} />
      <Card aria-label={t('title')}>
        <ListStates
          items={items}
          error={analyses.error}
          onRetry={analyses.retry}
          empty={
            <EmptyState title={t('list.emptyTitle')} icon={<ChartSpline />} action={toData}>
              {t('list.emptyText')}
            </EmptyState>
          }
        >
          {(shown) => (
            <ul className="divide-y divide-line">
              {shown.map((analysis) => (
                <li key={analysis.id} className="flex items-center gap-3 py-3 first:pt-0 last:pb-0">
                  <div className="grid min-w-0 flex-1 gap-1">
                    <Link to={toAddress(analysis.id)} className="truncate font-medium">
                      {analysis.title}
                    </Link>
                    <span className="text-xs text-ink-faint">
                      {t(`kinds.${analysis.kind}`)} · {format.dateTime(analysis.createdAt)}
                    </span>
                  </div>
                  <IconButton
                    label={t('list.remove', { title: analysis.title })}
                    icon={<Trash2 aria-hidden />}
                    onClick={() => remove(analysis)}
                  />
                </li>
              ))}
            </ul>
          )}
        </ListStates>
        <LoadMore {...analyses.more} />
      </Card>
    </>
  );
}
