import { useQuery } from '@tanstack/react-query';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { toolsetQuery } from '#web/features/toolsets/api/toolset-requests.ts';
import type { ToolsetPaths } from '#web/features/toolsets/toolset-paths.ts';
import { BackLink } from '#web/ui/back-link.tsx';
import { ErrorPanel } from '#web/ui/error-panel.tsx';
import { PageHeader } from '#web/ui/page-header.tsx';
import { SkeletonList } from '#web/ui/skeleton.tsx';
import { SkippedOperations } from './skipped-operations.tsx';
import { ToolsetActions } from './toolset-actions.tsx';
import { ToolsetSource } from './toolset-source.tsx';
import { ToolsetTools } from './toolset-tools.tsx';

/** One toolset: what it is, how its service is reached, and which of its tools agents may use. */
export function ToolsetView({ id, paths }: { id: string; paths: ToolsetPaths }) {
  const { t } = useTranslation('toolsets');
  const { data: toolset, error, refetch } = useQuery(toolsetQuery(id));
  return (
    <>
      <BackLink to={paths.list}>{t('view.all')}</BackLink>
      {toolset === undefined ? (
        <>
          <PageHeader title={t('view.title')} />
          {error ? <ErrorPanel error={error} onRetry={refetch} /> : <SkeletonList />}
        </>
      ) : (
        <>
          <PageHeader title={toolset.name} />
          {toolset.description !== '' && (
            <p className="-mt-5 mb-6 line-clamp-6 max-w-prose whitespace-pre-line text-ink-soft wrap-anywhere">
              {toolset.description}
            </p>
          )}
          <div className="grid gap-6">
            <ToolsetActions toolset={toolset} paths={paths} />
            <ToolsetSource toolset={toolset} paths={paths} />
            <ToolsetTools toolset={toolset} />
            {toolset.skipped.length > 0 && <SkippedOperations skipped={toolset.skipped} />}
          </div>
        </>
      )}
    </>
  );
}
