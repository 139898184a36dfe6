import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import { showProblemToast } from '#web/ui/problem-toast.ts';
import { conversationKeys } from './api/conversation-queries.ts';
import { forkConversation } from './api/fork-conversation.ts';
import type { MessageActions } from './message-actions.ts';
import { listContinued } from './to-turns.ts';
import type { ChatState } from './use-chat.ts';

/** What may be done with the messages of this chat, and the message for whose answer a model is being chosen. */
export function useMessageActionsOf({
  chat,
  variables,
  onSent,
  onFork,
  quote,
}: {
  chat: ChatState;
  variables: Record<string, string>;
  /** Something was sent: the end comes into sight. */
  onSent: () => void;
  onFork: ((conversation: string) => void) | undefined;
  quote: (text: string) => void;
}) {
  const { id, begin, isReading, show, keepFeedback, storedTurns, unsent } = chat;
  const queryClient = useQueryClient();
  const [edited, setEdited] = useState<string | null>(null);
  /** What was written in a message's place, for as long as it may come back. */
  const [rewritten, setRewritten] = useState<{ message: string; text: string } | null>(null);
  const isGivenBack = unsent?.isBranch === true && !unsent.hasArrived;
  const given = isGivenBack ? rewritten : null;
  const editing = edited ?? given?.message ?? null;
  const [choosingFor, setChoosingFor] = useState<string | null>(null);
  const fork = useCallback(
    async (message: string) => {
      try {
        const forked = await forkConversation(id ?? '', message);
        queryClient.setQueryData(conversationKeys.one(forked.id), forked);
        await queryClient.invalidateQueries({ queryKey: conversationKeys.lists });
        onFork?.(forked.id);
      } catch (error) {
        showProblemToast(error);
      }
    },
    [id, onFork, queryClient],
  );
  const isLiveUnderLast = chat.sent === null && chat.live !== null && chat.live.view.run !== null;
  const continued = useMemo(() => listContinued(storedTurns, isLiveUnderLast), [storedTurns, isLiveUnderLast]);
  const actions = useMemo<MessageActions>(
    () => ({
      isBusy: isReading,
      editing,
      editedText: given?.message === editing ? (given?.text ?? null) : null,
      edit: (message) => {
        setEdited(message);
        setRewritten(null);
      },
      rewrite: (parentMessageId, content, files) => {
        setEdited(null);
        setRewritten(editing === null ? null : { message: editing, text: content });
        begin({ message: { content, files }, parentMessageId, variables });
        onSent();
      },
      answer: (parentMessageId, model) => {
        begin({ message: null, parentMessageId, variables, model });
        onSent();
      },
      continued,
      chooseModel: setChoosingFor,
      show,
      quote,
      fork: onFork && ((message) => void fork(message)),
      keepFeedback,
    }),
    [begin, continued, editing, fork, given, isReading, keepFeedback, onFork, onSent, quote, show, variables],
  );
  return { actions, choosingFor, stopChoosing: () => setChoosingFor(null) };
}
