import { useSearchParams } from 'react-router';
import { PageFrame } from '#web/app/page-frame.tsx';
import { paths } from '#web/app/paths.ts';
import { SaveToDashboard } from '#web/features/dashboards/components/save-to-dashboard.tsx';
import { Workbench } from '#web/features/queries/components/workbench.tsx';

/** The SQL workbench; the saved query that is open stands in the address. */
export function Page() {
  const [search, setSearch] = useSearchParams();
  return (
    <PageFrame wide>
      <Workbench
        queryId={search.get('query')}
        onOpenQuery={(query) => setSearch(query === null ? {} : { query })}
        resultActions={(execution, view) => (
          <SaveToDashboard execution={execution} view={view} toAddress={paths.dashboard} />
        )}
      />
    </PageFrame>
  );
}
