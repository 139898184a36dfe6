import { Link } from 'react-router';
import { ConversationSummary } from '#server/contract/conversation.ts';
import type { AgentPaths } from '#web/features/agents/agent-paths.ts';
import { toAgentAddress } from '#web/features/agents/api/agent-address.ts';
import { agentKeys } from '#web/features/agents/api/agent-queries.ts';
import { useFormat } from '#web/lib/format.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { usePageList } from '#web/lib/use-page-list.ts';
import { ListStates } from '#web/ui/list-states.tsx';
import { LoadMore } from '#web/ui/load-more.tsx';

type VersionConversationsProps = { agent: string; version: number; toConversation: AgentPaths['conversation'] };

/** The person's own conversations in which a version answered. */
export function VersionConversations({ agent, version, toConversation }: VersionConversationsProps) {
  const { t } = useTranslation('agents');
  const format = useFormat();
  const list = usePageList({
    key: [...agentKeys.versions(agent), version, 'conversations'],
    path: toAgentAddress(agent, `versions/${version}/conversations`),
    item: ConversationSummary,
  });
  return (
    <>
      <ListStates
        items={list.items}
        error={list.error}
        onRetry={list.retry}
        empty={<p className="text-ink-soft">{t('versions.noConversations')}</p>}
      >
        {(conversations) => (
          <ul aria-label={t('versions.conversationsOf', { version })} className="grid gap-2">
            {conversations.map((conversation) => (
              <li key={conversation.id} className="flex flex-wrap items-baseline justify-between gap-x-4">
                <Link
                  className="min-w-0 text-link wrap-anywhere"
                  to={toConversation(conversation.agent.handle, conversation.id)}
                >
                  {conversation.title || t('versions.untitled')}
                </Link>
                <span className="text-xs text-ink-faint">{format.dateTime(conversation.updatedAt)}</span>
              </li>
            ))}
          </ul>
        )}
      </ListStates>
      <LoadMore {...list.more} />
    </>
  );
}
