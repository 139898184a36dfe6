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
  const present = conversation.folder ?? none;
  const folder = chosen ?? (folders.data?.length === 0 ? another : present);
  const isReady = folders.isSuccess && folder !== present && (folder !== another || name.trim() !== '');
  /** It is chosen from then on, so that a move that fails and is tried again makes no second one. */
  const makeFolder = async () => {
    const made = await createFolder(name.trim());
    queryClient.setQueryData(foldersQuery.queryKey, (before = []) => [
      ...before.filter(({ id }) => id !== made.id),
      made,
    ]);
    setChosen(made.id);
    return made.id;
  };
  const move = useMutation({
    mutationFn: async () => {
      const keepFocus = holdConversation(conversation.id);
      const to = folder === another ? await makeFolder() : folder;
      await updateConversation(conversation.id, { folder: to === none ? null : to });
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
            onChange={(event) => {
              setName(event.target.value);
              // Folders that come from elsewhere meanwhile change what is chosen at first.
              setChosen(another);
            }}
          />
        )}
        {(folders.isError || move.isError) && <ErrorPanel error={folders.error ?? move.error} />}
      </form>
    </Dialog>
  );
}
