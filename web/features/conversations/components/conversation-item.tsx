import { useDeferredValue } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { Link } from 'react-router';
import type { ConversationSummary } from '#server/contract/conversation.ts';
import { classNames } from '#web/lib/class-names.ts';
import { useFormat } from '#web/lib/format.ts';
import { Badge } from '#web/ui/badge.tsx';
import { ConversationMenu } from './conversation-menu.tsx';

type ConversationItemProps = {
  conversation: ConversationSummary;
  isCurrent: boolean;
  address: string;
  onDeleted: ((conversation: string) => void) | undefined;
};

export function ConversationItem({ conversation, isCurrent, address, onDeleted }: ConversationItemProps) {
  const { t } = useTranslation('conversations');
  const format = useFormat();
  // The first format of spans takes a slow phone 70 ms, which the first view does not wait for.
  const showsTime = useDeferredValue(true, false);
  const title = conversation.title || t('list.untitled');
  return (
    <li
      data-conversation={conversation.id}
      className={classNames('flex items-center rounded-md', isCurrent ? 'bg-accent-soft' : 'hover:bg-sunken')}
    >
      <Link
        to={address}
        aria-current={isCurrent ? 'page' : undefined}
        className="grid min-h-11 min-w-0 flex-1 content-center px-3 py-1.5"
      >
        <span className={classNames('truncate text-sm', isCurrent && 'font-medium')}>{title}</span>
        <span className="flex min-h-[1.6em] flex-wrap items-center gap-2 text-xs text-ink-faint">
          {showsTime && format.ago(conversation.updatedAt)}
          {conversation.isWaiting && <Badge tone="warning">{t('list.waiting')}</Badge>}
        </span>
      </Link>
      <ConversationMenu conversation={conversation} isCurrent={isCurrent} address={address} onDeleted={onDeleted} />
    </li>
  );
}
