import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { agentPaths } from '#web/app/agent-paths.ts';
import { NotFoundPage } from '#web/app/not-found-page.tsx';
import { PageFrame } from '#web/app/page-frame.tsx';
import { useSignedInPerson } from '#web/app/signed-in-person.ts';
import { AgentDescribe } from '#web/features/agents/components/agent-describe.tsx';
import { AgentCreate } from '#web/features/agents/components/agent-create.tsx';
import { PageHeader } from '#web/ui/page-header.tsx';

export function Page() {
  const { t } = useTranslation('app');
  const { can } = useSignedInPerson();
  if (!can.createAgents) return <NotFoundPage />;
  return (
    <PageFrame>
      <PageHeader title={t('agents.new')} description={t('agents.newText')} />
      <div className="grid gap-8">
        <AgentDescribe paths={agentPaths} />
        <section aria-labelledby="by-hand" className="grid gap-4 border-t border-line pt-6">
          <h2 id="by-hand" className="font-display text-xl">
            {t('agents.byHand')}
          </h2>
          <AgentCreate paths={agentPaths} />
        </section>
      </div>
    </PageFrame>
  );
}
