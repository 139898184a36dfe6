import { useSearchParams } from 'react-router';
import { PageFrame } from '#web/app/page-frame.tsx';
import { paths } from '#web/app/paths.ts';
import { AlertList } from '#web/features/alerts/components/alert-list.tsx';

const alertPaths = { conversation: paths.conversation };

/** A person's alerts; a query that an alert is to be made of stands in the address. */
export function Page() {
  const [search, setSearch] = useSearchParams();
  return (
    <PageFrame>
      <AlertList
        paths={alertPaths}
        queryId={search.get('query')}
        onQueryTaken={() => setSearch({}, { replace: true })}
      />
    </PageFrame>
  );
}
