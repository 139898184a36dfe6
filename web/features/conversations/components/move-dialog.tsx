import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { ConversationSummary } from '#server/contract/conversation.ts';
import { conversationKeys } from '#web/features/conversations/api/conversation-queries.ts';
import { createFolder, foldersQuery } from '#web/features/conversations/api/folder-requests.ts';
import { updateConversation } from '#web/features/conversations/api/update-conversation.ts';
import { holdConversation } from '#web/features/conversations/hold-conversation.ts';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { ErrorPanel } from '#web/ui/error-panel.tsx';
import { SelectField } from '#web/ui/select-field.tsx';
import { TextField } from '#web/ui/text-field.tsx';

type MoveDialogProps = { open: boolean; conversation: ConversationSummary; onClose: () => void };

const none = 'none';
const another = 'new';

/** Asks into which folder a conversation goes; it may be a new one. */
export function MoveDialog({ open, conversation, onClose }: MoveDialogProps) {
  const { t } = useTranslation('conversations');
  const formId = useId();
  const queryClient = useQueryClient();
  const folders = useQuery(foldersQuery);
  const [chosen, setChosen] = useState<string | null>(null);
  const [name, setName] = useState('');
  const isFirst = folders.data?.length === 0;
  const folder = chosen ?? (isFirst ? another : (conversation.folder ?? none));
  const isReady = folders.isSuccess && (folder !== another || name.trim() !== '');
  const move = useMutation({
    mutationFn: async () => {
      const keepFocus = holdConversation(conversation.id);
      const to = folder === none ? null : folder === another ? (await createFolder(name.trim())).id : folder;
      await updateConversation(conversation.id, { folder: to });
      return keepFocus;
    },
    onSuccess: async (keepFocus) => {
      await queryClient.invalidateQueries({ queryKey: foldersQuery.queryKey });
      await queryClient.invalidateQueries({ queryKey: conversationKeys.lists });
      onClose();
      keepFocus();
    },
  });
  return (
    <Dialog
      open={open}
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={t('move.title')}
      size="small"
      footer={
        <Button type="submit" form={formId} variant="primary" busy={move.isPending} disabled={!isReady}>
          {t('move.move')}
        </Button>
      }
    >
      <form
        id={formId}
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady) move.mutate();
        }}
      >
        <SelectField
          label={t('move.folder')}
          value={folder}
          onChange={(event) => setChosen(event.target.value)}
          options={[
            { value: none, label: t('move.none') },
            ...(folders.data ?? []).map(({ id, name: label }) => ({ value: id, label })),
            { value: another, label: t('move.new') },
          ]}
        />
        {folder === another && (
          <TextField
            label={t('folders.name')}
            value={name}
            maxLength={80}
            onChange={(event) => setName(event.target.value)}
          />
        )}
        {(folders.isError || move.isError) && <ErrorPanel error={folders.error ?? move.error} />}
      </form>
    </Dialog>
  );
}
