import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { ConversationSummary } from '#server/contract/conversation.ts';
import { conversationKeys } from '#web/features/conversations/api/conversation-queries.ts';
import { updateConversation } from '#web/features/conversations/api/update-conversation.ts';
import { ShareDialog } from '#web/features/shares/components/share-dialog.tsx';
import type { Asked } from './conversation-actions.tsx';
import { MoveDialog } from './move-dialog.tsx';
import { RenameDialog } from './rename-dialog.tsx';

type ConversationDialogProps = { asked: Asked; conversation: ConversationSummary; onClose: () => void };

/** What an action of a conversation's menu asks for. */
export default function ConversationDialog({ asked, conversation, onClose }: ConversationDialogProps) {
  const { t } = useTranslation('conversations');
  const queryClient = useQueryClient();
  switch (asked) {
    case 'move':
      return <MoveDialog open conversation={conversation} onClose={onClose} />;
    case 'share':
      return <ShareDialog open conversation={conversation} onClose={onClose} />;
    case 'rename':
      return (
        <RenameDialog
          open
          title={t('list.renameTitle')}
          label={t('list.title')}
          name={conversation.title}
          longest={200}
          onRename={async (title) => {
            await updateConversation(conversation.id, { title });
            await queryClient.invalidateQueries({ queryKey: conversationKeys.lists });
          }}
          onClose={onClose}
        />
      );
  }
}
