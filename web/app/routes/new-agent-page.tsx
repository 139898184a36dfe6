import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { agentPaths } from '#web/app/agent-paths.ts';
import { NotFoundPage } from '#web/app/not-found-page.tsx';
import { PageFrame } from '#web/app/page-frame.tsx';
import { useSignedInPerson } from '#web/app/signed-in-person.ts';
import { AgentCreate } from '#web/features/agents/components/agent-create.tsx';
import { PageHeader } from '#web/ui/page-header.tsx';

export function Page() {
  const { t } = useTranslation('app');
  const { can } = useSignedInPerson();
  if (!can.createAgents) return <NotFoundPage />;
  return (
    <PageFrame>
      <PageHeader title={t('agents.new')} description={t('agents.newText')} />
      <AgentCreate paths={agentPaths} />
    </PageFrame>
  );
}
