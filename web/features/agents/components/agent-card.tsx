import { memo } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { Link } from 'react-router';
import { toShownAgent } from '#server/contract/agent-translation.ts';
import type { AgentSummary } from '#server/contract/agent.ts';
import type { AgentPaths } from '#web/features/agents/agent-paths.ts';
import { toPicture } from '#web/features/agents/to-picture.ts';
import { Badge } from '#web/ui/badge.tsx';
import { Portrait } from '#web/ui/portrait.tsx';
import { AgentMenu } from './agent-menu.tsx';

type AgentCardProps = { agent: AgentSummary; category: string; paths: AgentPaths };

/** An agent in a list: pressing it anywhere begins a chat. */
export const AgentCard = memo(function AgentCard({ agent: listed, category, paths }: AgentCardProps) {
  const { t, language } = useTranslation('agents');
  const agent = toShownAgent(listed, language);
  const isDraft = agent.publishedVersion === null;
  const address = isDraft && agent.can.edit ? paths.edit(agent.id) : paths.chat(agent.handle);
  return (
    <li className="relative grid min-w-0 grid-rows-[auto_1fr_auto] gap-4 rounded-lg border border-line bg-surface p-4 shadow-low focus-within:border-accent hover:border-accent">
      <div className="grid min-w-0 grid-cols-[auto_minmax(0,1fr)_auto] items-start gap-3">
        <Portrait picture={toPicture(agent)} />
        <div className="grid min-w-0">
          <h3 className="truncate font-display text-lg leading-snug">
            <Link to={address} className="after:absolute after:inset-0 after:rounded-lg">
              {agent.name}
            </Link>
          </h3>
          <p className="truncate text-xs text-ink-faint">
            {agent.shipped ? t('list.shippedBy') : (agent.owner?.name ?? t('common:unknown'))}
          </p>
        </div>
        <div className="relative -mt-1 -mr-1">
          <AgentMenu agent={agent} paths={paths} />
        </div>
      </div>
      <p className="line-clamp-2 text-sm text-ink-soft">{agent.tagline || t('list.noTagline')}</p>
      <div className="flex flex-wrap gap-1.5">
        <Badge>{category}</Badge>
        {isDraft && <Badge tone="warning">{t('state.draft')}</Badge>}
        {!isDraft && agent.hasUnpublishedChanges && agent.can.edit && (
          <Badge tone="warning">{t('state.unpublished')}</Badge>
        )}
        {agent.can.edit && <Badge tone="accent">{t(`access.${agent.visibility}`)}</Badge>}
      </div>
    </li>
  );
});
