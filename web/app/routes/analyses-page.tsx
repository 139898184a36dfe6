import { useParams } from 'react-router';
import { PageFrame } from '#web/app/page-frame.tsx';
import { paths } from '#web/app/paths.ts';
import { AnalysisDesk } from '#web/features/analyses/components/analysis-desk.tsx';
import { AnalysisView } from '#web/features/analyses/components/analysis-view.tsx';

export function Page() {
  const { analysis } = useParams();
  return (
    <PageFrame wide={analysis !== undefined}>
      {analysis === undefined ? (
        <AnalysisDesk toAddress={paths.analysis} data={paths.data()} />
      ) : (
        <AnalysisView key={analysis} analysis={analysis} back={paths.analyses()} toWorkbench={paths.data} />
      )}
    </PageFrame>
  );
}
