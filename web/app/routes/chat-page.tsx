import type { QueryClient } from '@tanstack/react-query';
import { ArrowLeft, PanelLeft } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { Link, type Params, useLocation, useNavigate, useParams, useSearchParams } from 'react-router';
import { toShownName } from '#server/contract/agent-translation.ts';
import type { Agent } from '#server/contract/agent.ts';
import { FullFrame } from '#web/app/page-frame.tsx';
import { paths } from '#web/app/paths.ts';
import { WithAgent } from '#web/app/with-agent.tsx';
import { agentQuery } from '#web/features/agents/api/agent-queries.ts';
import {
  conversationListQuery,
  listedIn,
  messageListQuery,
} from '#web/features/conversations/api/conversation-queries.ts';
import { Chat } from '#web/features/conversations/components/chat.tsx';
import { prepareTurns } from '#web/features/conversations/components/chat-turns.tsx';
import { OpenConversationMenu } from '#web/features/conversations/components/conversation-menu.tsx';
import { ConversationList } from '#web/features/conversations/components/conversation-list.tsx';
import { useDocumentTitle } from '#web/lib/use-document-title.ts';
import { whenTouched } from '#web/lib/when-touched.ts';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';

/** Asks for the agent, the newest messages and the list of conversations at once, not one after the other. */
export const prefetch = (queryClient: QueryClient, { handle = '', conversation }: Params) =>
  Promise.all([
    queryClient.prefetchQuery(agentQuery(handle)),
    queryClient.prefetchInfiniteQuery(conversationListQuery(handle, listedIn.page)),
    ...(conversation === undefined
      ? []
      : [queryClient.prefetchInfiniteQuery(messageListQuery(conversation)), prepareTurns()]),
  ]);

/** A conversation with an agent, and the person's others with it. */
export function Page() {
  const { handle = '', conversation } = useParams();
  // Messages that are on their way are shown sooner when what shows them comes beside them; an opening has none before the first press.
  useEffect(() => {
    const prepare = () => void prepareTurns();
    return conversation === undefined ? whenTouched(prepare) : prepare();
  }, [conversation]);
  return (
    <FullFrame>
      <WithAgent handle={handle}>{(agent) => <ChatWithAgent key={agent.id} agent={agent} />}</WithAgent>
    </FullFrame>
  );
}

function ChatWithAgent({ agent }: { agent: Agent }) {
  const { t, language } = useTranslation('app');
  const name = toShownName(agent, language);
  const { conversation = null } = useParams();
  const [query] = useSearchParams();
  const navigate = useNavigate();
  // Following a conversation leaves the list behind.
  const [listedAt, setListedAt] = useState<string | null>(null);
  const { key: here } = useLocation();
  const listed = listedAt === here;
  useDocumentTitle(name);

  const toAddress = (id: string | null) =>
    id === null ? paths.chat(agent.handle) : paths.conversation(agent.handle, id);
  const onDeleted = (id: string) => {
    if (id === conversation) void navigate(paths.chat(agent.handle), { replace: true });
  };
  const list = (
    <ConversationList agent={agent.handle} current={conversation} toAddress={toAddress} onDeleted={onDeleted} />
  );

  return (
    <div className="flex min-h-0 flex-1 flex-col lg:grid lg:grid-cols-[17rem_minmax(0,1fr)]">
      <h1 className="sr-only">{name}</h1>
      <div className="hidden min-h-0 overflow-y-auto border-r border-line p-4 lg:block">
        <Link
          to={paths.agents()}
          className="mb-4 inline-flex items-center gap-2 px-2 text-sm text-ink-soft no-underline hover:text-ink"
        >
          <ArrowLeft aria-hidden className="size-4" />
          {t('chat.allAgents')}
        </Link>
        {list}
      </div>
      <div className="flex items-center justify-between border-b border-line px-2 py-1 lg:hidden">
        <Button asChild variant="quiet" size="small">
          <Link to={paths.agents()}>
            <ArrowLeft aria-hidden />
            {t('chat.allAgents')}
          </Link>
        </Button>
        <div className="flex items-center">
          <Button variant="quiet" size="small" icon={<PanelLeft aria-hidden />} onClick={() => setListedAt(here)}>
            {t('chat.conversations')}
          </Button>
          {conversation !== null && (
            <OpenConversationMenu id={conversation} address={toAddress(conversation)} onDeleted={onDeleted} />
          )}
        </div>
        <Dialog open={listed} onOpenChange={() => setListedAt(null)} title={t('chat.conversations')} size="small">
          {list}
        </Dialog>
      </div>
      <div className="min-h-0 min-w-0 flex-1">
        <Chat
          agent={agent}
          conversation={conversation}
          {...(query.get('version') === 'draft' && { version: 'draft' as const })}
          onConversation={(id) => void navigate(paths.conversation(agent.handle, id), { replace: true })}
          onOpen={(id) => void navigate(paths.conversation(agent.handle, id))}
          onNew={() => void navigate(paths.chat(agent.handle))}
          modelsAddress={paths.models()}
          newAddress={paths.chat(agent.handle)}
        />
      </div>
    </div>
  );
}
