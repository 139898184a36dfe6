import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { ConversationSummary } from '#server/contract/conversation.ts';
import { conversationKeys } from '#web/features/conversations/api/conversation-queries.ts';
import { renameConversation } from '#web/features/conversations/api/rename-conversation.ts';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { ErrorPanel } from '#web/ui/error-panel.tsx';
import { TextField } from '#web/ui/text-field.tsx';

type RenameDialogProps = { open: boolean; conversation: ConversationSummary; onClose: () => void };

export function RenameDialog({ open, conversation, onClose }: RenameDialogProps) {
  const { t } = useTranslation('conversations');
  const formId = useId();
  const queryClient = useQueryClient();
  const [title, setTitle] = useState(conversation.title);
  const rename = useMutation({
    mutationFn: () => renameConversation(conversation.id, title.trim()),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: conversationKeys.lists });
      onClose();
    },
  });
  return (
    <Dialog
      open={open}
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={t('list.renameTitle')}
      size="small"
      footer={
        <Button type="submit" form={formId} variant="primary" busy={rename.isPending} disabled={title.trim() === ''}>
          {t('common:action.save')}
        </Button>
      }
    >
      <form
        id={formId}
        className="grid gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          if (title.trim() !== '') rename.mutate();
        }}
      >
        <TextField
          label={t('list.title')}
          value={title}
          maxLength={200}
          onChange={(event) => setTitle(event.target.value)}
        />
        {rename.isError && <ErrorPanel error={rename.error} />}
      </form>
    </Dialog>
  );
}
