import { useParams } from 'react-router';
import { PageFrame } from '#web/app/page-frame.tsx';
import { paths } from '#web/app/paths.ts';
import { DashboardList } from '#web/features/dashboards/components/dashboard-list.tsx';
import { DashboardView } from '#web/features/dashboards/components/dashboard-view.tsx';

export function Page() {
  const { dashboard } = useParams();
  return (
    <PageFrame wide={dashboard !== undefined}>
      {dashboard === undefined ? (
        <DashboardList toAddress={paths.dashboard} dataAddress={paths.data()} />
      ) : (
        <DashboardView key={dashboard} id={dashboard} back={paths.dashboards()} dataAddress={paths.data()} />
      )}
    </PageFrame>
  );
}
