import { useQueryClient } from '@tanstack/react-query';
import { Archive, ArchiveRestore, Download, FolderInput, Pencil, Pin, PinOff, Share2, Trash2 } from 'lucide-react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { useNavigate } from 'react-router';
import type { ConversationSummary, UpdateConversationInput } from '#server/contract/conversation.ts';
import { conversationKeys } from '#web/features/conversations/api/conversation-queries.ts';
import { deleteConversation } from '#web/features/conversations/api/delete-conversation.ts';
import { updateConversation } from '#web/features/conversations/api/update-conversation.ts';
import { holdConversation } from '#web/features/conversations/hold-conversation.ts';
import { deleteWithUndo } from '#web/ui/delete-with-undo.ts';
import { MenuItem, MenuSeparator } from '#web/ui/menu.tsx';
import { showProblemToast } from '#web/ui/problem-toast.ts';

export type Asked = 'rename' | 'move' | 'share';

type ConversationActionsProps = {
  conversation: ConversationSummary;
  onAsk: (asked: Asked) => void;
  /** Where it is, when it is the one that is open. */
  addressIfCurrent: string | null;
  onDeleted: ((conversation: string) => void) | undefined;
};

/** What may be done with a conversation, in its menu. */
export default function ConversationActions({
  conversation,
  addressIfCurrent,
  onAsk,
  onDeleted,
}: ConversationActionsProps) {
  const { t } = useTranslation('conversations');
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const { id, isPinned, isArchived } = conversation;
  const change = async (changes: UpdateConversationInput) => {
    const keepFocus = holdConversation(id);
    await updateConversation(id, changes).catch(showProblemToast);
    await queryClient.invalidateQueries({ queryKey: conversationKeys.lists });
    keepFocus();
  };
  const remove = () => {
    deleteWithUndo({
      id,
      title: t('list.deleted', { title: conversation.title || t('list.untitled') }),
      detail: t('list.deletedText'),
      send: () => deleteConversation(id),
      reload: () => queryClient.invalidateQueries({ queryKey: conversationKeys.lists }),
      onUndo: () => {
        if (addressIfCurrent !== null) void navigate(addressIfCurrent);
        holdConversation(id)();
      },
    });
    onDeleted?.(id);
  };
  const exportAddress = (format: string) => `/api/conversations/${encodeURIComponent(id)}/export?format=${format}`;
  return (
    <>
      <MenuItem
        icon={isPinned ? <PinOff aria-hidden /> : <Pin aria-hidden />}
        onSelect={() => void change({ pinned: !isPinned })}
      >
        {t(isPinned ? 'list.unpin' : 'list.pin')}
      </MenuItem>
      <MenuItem icon={<Pencil aria-hidden />} onSelect={() => onAsk('rename')}>
        {t('list.rename')}
      </MenuItem>
      <MenuItem icon={<FolderInput aria-hidden />} onSelect={() => onAsk('move')}>
        {t('list.move')}
      </MenuItem>
      <MenuItem icon={<Share2 aria-hidden />} onSelect={() => onAsk('share')}>
        {t('list.share')}
      </MenuItem>
      <MenuSeparator />
      {(['markdown', 'json'] as const).map((format) => (
        <MenuItem key={format} asChild>
          <a href={exportAddress(format)} download className="text-ink no-underline">
            <Download aria-hidden />
            {t(`list.export.${format}`)}
          </a>
        </MenuItem>
      ))}
      <MenuSeparator />
      <MenuItem
        icon={isArchived ? <ArchiveRestore aria-hidden /> : <Archive aria-hidden />}
        onSelect={() => void change({ archived: !isArchived })}
      >
        {t(isArchived ? 'list.unarchive' : 'list.view.archive')}
      </MenuItem>
      <MenuItem icon={<Trash2 aria-hidden />} tone="danger" onSelect={remove}>
        {t('common:action.delete')}
      </MenuItem>
    </>
  );
}
