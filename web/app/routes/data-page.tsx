import { useSearchParams } from 'react-router';
import { paths } from '#web/app/paths.ts';
import { PageFrame } from '#web/app/page-frame.tsx';
import { Workbench } from '#web/features/queries/components/workbench.tsx';

/** The SQL workbench; the saved query that is open stands in the address. */
export function Page() {
  const [search, setSearch] = useSearchParams();
  return (
    <PageFrame wide>
      <Workbench
        queryId={search.get('query')}
        onOpenQuery={(query) => setSearch(query === null ? {} : { query })}
        alertPath={(query) => paths.alerts({ query })}
      />
    </PageFrame>
  );
}
