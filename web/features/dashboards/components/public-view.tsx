import { useQuery } from '@tanstack/react-query';
import { Link2Off } from 'lucide-react';
import { useState } from 'react';
import type { ParameterValues } from '#server/contract/dashboard.ts';
import { publicQuery } from '#web/features/dashboards/api/dashboard-requests.ts';
import { isProblem } from '#web/lib/api-problem.ts';
import { useFormat } from '#web/lib/format.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { useDocumentTitle } from '#web/lib/use-document-title.ts';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { ErrorPanel } from '#web/ui/error-panel.tsx';
import { SkeletonList } from '#web/ui/skeleton.tsx';
import { ValueFields } from './value-fields.tsx';
import { WidgetCard } from './widget-card.tsx';
import { WidgetGrid } from './widget-grid.tsx';

/** A dashboard as everybody with its link sees it. */
export function PublicView({ link }: { link: string }) {
  const { t } = useTranslation('dashboards');
  const format = useFormat();
  const [values, setValues] = useState<ParameterValues>({});
  const { data, error, refetch } = useQuery({ ...publicQuery(link, values), placeholderData: (before) => before });
  useDocumentTitle(data?.name ?? t('title'));
  if (isProblem(error, 'not_found')) {
    return (
      <EmptyState level={1} title={t('link.gone')} icon={<Link2Off />}>
        {t('link.goneText')}
      </EmptyState>
    );
  }
  if (error) return <ErrorPanel error={error} onRetry={refetch} />;
  if (data === undefined) return <SkeletonList rows={3} rowClassName="h-40 w-full" />;
  return (
    <>
      <header className="mb-4 grid gap-1 border-b border-line pb-4">
        <h1 className="font-display text-2xl tracking-tight wrap-anywhere">{data.name}</h1>
        {data.description !== '' && <p className="text-ink-soft">{data.description}</p>}
        {data.refreshedAt !== null && (
          <p className="text-xs text-ink-faint">{t('list.refreshed', { time: format.dateTime(data.refreshedAt) })}</p>
        )}
      </header>
      <ValueFields parameters={data.parameters} values={values} isFree={false} onChange={setValues} />
      <WidgetGrid widgets={data.widgets}>
        {(widget) => <WidgetCard widget={widget} result={data.items.find((item) => item.widget === widget.id)} />}
      </WidgetGrid>
    </>
  );
}
