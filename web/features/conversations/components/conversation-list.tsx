import { useInfiniteQuery } from '@tanstack/react-query';
import { MessageCirclePlus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { Link } from 'react-router';
import { Button } from '#web/ui/button.tsx';
import { useWithoutDeleted } from '#web/ui/delete-with-undo.ts';
import { ErrorPanel } from '#web/ui/error-panel.tsx';
import { SegmentedChoice } from '#web/ui/segmented-choice.tsx';
import { SkeletonList } from '#web/ui/skeleton.tsx';
import { conversationListQuery, type ListedSource } from '#web/features/conversations/api/conversation-queries.ts';
import { ConversationItem } from './conversation-item.tsx';

export type ConversationListProps = {
  /** The agent's handle. */
  agent: string;
  /** The conversation that is open. */
  current?: string | null | undefined;
  /** Where a conversation is; null: where a new one begins. */
  toAddress: (conversation: string | null) => string;
  onDeleted?: ((conversation: string) => void) | undefined;
};

/** A person's conversations with an agent, newest first, and the way to a new one. */
export function ConversationList({ agent, current = null, toAddress, onDeleted }: ConversationListProps) {
  const { t } = useTranslation('conversations');
  const [source, setSource] = useState<ListedSource>('page');
  const list = useInfiniteQuery(conversationListQuery(agent, source));
  const conversations = useWithoutDeleted(list.data?.pages.flatMap(({ items }) => items) ?? []);
  return (
    <nav aria-label={t('list.label')} className="grid min-w-0 content-start gap-3">
      <Button asChild>
        <Link to={toAddress(null)}>
          <MessageCirclePlus aria-hidden />
          {t('list.new')}
        </Link>
      </Button>
      <SegmentedChoice
        label={t('list.source.label')}
        value={source}
        onChange={setSource}
        options={[
          { value: 'page', label: t('list.source.page') },
          { value: 'trigger', label: t('list.source.trigger') },
        ]}
      />
      {list.isPending && <SkeletonList rows={4} rowClassName="h-11 w-full" />}
      {list.isError && <ErrorPanel error={list.error} onRetry={list.refetch} />}
      {list.isSuccess && conversations.length === 0 && (
        <p className="px-2 text-sm text-ink-faint">{t(source === 'page' ? 'list.empty' : 'list.source.empty')}</p>
      )}
      <ul className="grid gap-0.5">
        {conversations.map((conversation) => (
          <ConversationItem
            key={conversation.id}
            conversation={conversation}
            isCurrent={conversation.id === current}
            address={toAddress(conversation.id)}
            onDeleted={onDeleted}
          />
        ))}
      </ul>
      {list.hasNextPage && (
        <Button size="small" variant="quiet" busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('common:loadMore')}
        </Button>
      )}
    </nav>
  );
}
