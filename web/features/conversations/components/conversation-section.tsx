import { useInfiniteQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { ConversationSummary } from '#server/contract/conversation.ts';
import {
  conversationListQuery,
  type ListedConversations,
} from '#web/features/conversations/api/conversation-queries.ts';
import { groupByDate } from '#web/features/conversations/group-by-date.ts';
import { Button } from '#web/ui/button.tsx';
import { useWithoutDeleted } from '#web/ui/delete-with-undo.ts';
import { ErrorPanel } from '#web/ui/error-panel.tsx';
import { SkeletonList } from '#web/ui/skeleton.tsx';
import { ConversationItem } from './conversation-item.tsx';

/** What each list of conversations is told. */
export type ListPlace = {
  /** The agent's handle. */
  agent: string;
  /** The conversation that is open. */
  current?: string | null | undefined;
  /** Where a conversation is; null: where a new one begins. */
  toAddress: (conversation: string | null) => string;
  onDeleted?: ((conversation: string) => void) | undefined;
};

type ConversationSectionProps = ListPlace & {
  listed: ListedConversations;
  /** Its name, where it is one of several and is left out when there is nothing in it. */
  title?: string;
  isByDate?: boolean;
  /** What stands where there is none. */
  empty?: ReactNode;
};

/** A part of the list, page by page. */
export function ConversationSection({
  listed,
  title,
  isByDate = false,
  empty = null,
  ...place
}: ConversationSectionProps) {
  const { t } = useTranslation('conversations');
  const list = useInfiniteQuery(conversationListQuery(place.agent, listed));
  const conversations = useWithoutDeleted(list.data?.pages.flatMap(({ items }) => items) ?? []);
  const groups = isByDate
    ? groupByDate(conversations, new Date()).map(({ name, items }) => ({ title: t(`list.date.${name}`), items }))
    : conversations.length > 0
      ? [{ title, items: conversations }]
      : [];
  return (
    <>
      {list.isPending && title === undefined && <SkeletonList rows={4} rowClassName="h-11 w-full" />}
      {list.isError && <ErrorPanel error={list.error} onRetry={list.refetch} />}
      {list.isSuccess && conversations.length === 0 && empty}
      {groups.map((group) => (
        <ConversationGroup key={group.title ?? ''} {...group} {...place} />
      ))}
      {list.hasNextPage && (
        <Button size="small" variant="quiet" busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('common:loadMore')}
        </Button>
      )}
    </>
  );
}

type ConversationGroupProps = ListPlace & { title: string | undefined; items: readonly ConversationSummary[] };

function ConversationGroup({ title, items, current = null, toAddress, onDeleted }: ConversationGroupProps) {
  return (
    <div className="grid min-w-0 grid-cols-1 gap-0.5">
      {title !== undefined && <h3 className="px-3 pt-1 text-xs font-semibold text-ink-faint">{title}</h3>}
      <ul className="grid min-w-0 grid-cols-1 gap-0.5">
        {items.map((conversation) => (
          <ConversationItem
            key={conversation.id}
            conversation={conversation}
            isCurrent={conversation.id === current}
            address={toAddress(conversation.id)}
            onDeleted={onDeleted}
          />
        ))}
      </ul>
    </div>
  );
}
