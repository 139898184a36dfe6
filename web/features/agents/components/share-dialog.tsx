import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { Agent } from '#server/contract/agent.ts';
import { agentQuery } from '#web/features/agents/api/agent-queries.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { Dialog } from '#web/ui/dialog.tsx';
import { ErrorPanel } from '#web/ui/error-panel.tsx';
import { SkeletonList } from '#web/ui/skeleton.tsx';
import { Tabs } from '#web/ui/tabs.tsx';
import { ShareLink } from './share-link.tsx';

type ShareDialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  handle: string;
  /** Where people talk to the agent with a handle. */
  toAddress: (handle: string) => string;
  /** How software calls it. */
  renderCalls: (agent: Agent) => ReactNode;
  /** How other sites show it, for who may decide that. */
  renderEmbed: (agent: Agent) => ReactNode;
};

/** How others come to an agent: people by its link, software by its API. */
export function ShareDialog({ open, onOpenChange, handle, toAddress, renderCalls, renderEmbed }: ShareDialogProps) {
  const { t } = useTranslation('agents');
  const [tab, setTab] = useState<'link' | 'embed' | 'api'>('link');
  const { data: agent, error, refetch } = useQuery({ ...agentQuery(handle), enabled: open });
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      size="large"
      title={agent ? t('share.titleOf', { name: agent.name }) : t('share.title')}
    >
      {agent ? (
        <Tabs
          label={t('share.title')}
          value={tab}
          onValueChange={setTab}
          tabs={[
            {
              value: 'link',
              label: t('share.link'),
              content: <ShareLink agent={agent} address={toAddress(agent.handle)} />,
            },
            ...(agent.can.edit
              ? [{ value: 'embed' as const, label: t('share.embed'), content: renderEmbed(agent) }]
              : []),
            { value: 'api', label: t('share.api'), content: renderCalls(agent) },
          ]}
        />
      ) : error ? (
        <ErrorPanel error={error} onRetry={refetch} />
      ) : (
        <SkeletonList rows={2} rowClassName="h-24 w-full" />
      )}
    </Dialog>
  );
}
