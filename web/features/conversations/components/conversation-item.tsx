import { useQueryClient } from '@tanstack/react-query';
import { Ellipsis } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { Link, useNavigate } from 'react-router';
import type { ConversationSummary } from '#server/contract/conversation.ts';
import { conversationKeys } from '#web/features/conversations/api/conversation-queries.ts';
import { deleteConversation } from '#web/features/conversations/api/delete-conversation.ts';
import { classNames } from '#web/lib/class-names.ts';
import { useFormat } from '#web/lib/format.ts';
import { Badge } from '#web/ui/badge.tsx';
import { deleteWithUndo } from '#web/ui/delete-with-undo.ts';
import { usePrepared } from '#web/ui/dialog.tsx';
import { IconButton } from '#web/ui/icon-button.tsx';
import { Menu } from '#web/ui/menu.tsx';
import type { Asked } from './conversation-actions.tsx';

const loadActions = () => import('./conversation-actions.tsx');
const ConversationActions = lazy(loadActions);
const ConversationDialog = lazy(() => import('./conversation-dialog.tsx'));

type ConversationItemProps = {
  conversation: ConversationSummary;
  isCurrent: boolean;
  address: string;
  onDeleted: ((conversation: string) => void) | undefined;
};

export function ConversationItem({ conversation, isCurrent, address, onDeleted }: ConversationItemProps) {
  const { t } = useTranslation('conversations');
  usePrepared(loadActions);
  const format = useFormat();
  const queryClient = useQueryClient();
  const [asked, setAsked] = useState<Asked | null>(null);
  const navigate = useNavigate();
  const title = conversation.title || t('list.untitled');
  const remove = () => {
    deleteWithUndo({
      id: conversation.id,
      title: t('list.deleted', { title }),
      detail: t('list.deletedText'),
      send: () => deleteConversation(conversation.id),
      reload: () => queryClient.invalidateQueries({ queryKey: conversationKeys.lists }),
      onUndo: isCurrent ? () => void navigate(address) : undefined,
    });
    onDeleted?.(conversation.id);
  };
  return (
    <li className={classNames('flex items-center rounded-md', isCurrent ? 'bg-accent-soft' : 'hover:bg-sunken')}>
      <Link
        to={address}
        aria-current={isCurrent ? 'page' : undefined}
        className="grid min-h-11 min-w-0 flex-1 content-center px-3 py-1.5"
      >
        <span className={classNames('truncate text-sm', isCurrent && 'font-medium')}>{title}</span>
        <span className="flex flex-wrap items-center gap-2 text-xs text-ink-faint">
          {format.ago(conversation.updatedAt)}
          {conversation.isWaiting && <Badge tone="warning">{t('list.waiting')}</Badge>}
        </span>
      </Link>
      <Menu
        label={t('list.actions', { title })}
        trigger={<IconButton size="small" label={t('list.actions', { title })} icon={<Ellipsis />} tooltip={false} />}
      >
        <Suspense fallback={null}>
          <ConversationActions conversation={conversation} onAsk={setAsked} onRemove={remove} />
        </Suspense>
      </Menu>
      {asked !== null && (
        <Suspense fallback={null}>
          <ConversationDialog asked={asked} conversation={conversation} onClose={() => setAsked(null)} />
        </Suspense>
      )}
    </li>
  );
}
