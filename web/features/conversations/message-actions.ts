import { createContext, useContext } from 'react';
import type { AttachedFile } from '#server/contract/conversation.ts';
import type { Feedback } from '#server/contract/feedback.ts';

/** What may be done with the messages of a chat. */
export type MessageActions = {
  /** A run is under way: what would begin another one waits. */
  isBusy: boolean;
  /** The person's message that is being written anew. */
  editing: string | null;
  /** What was written in its place and did not go out. */
  editedText: string | null;
  edit: (message: string | null) => void;
  /** Sends a message in place of another one, under the same parent. */
  rewrite: (parent: string | null, content: string, files: AttachedFile[]) => void;
  /** Has a message answered again or a cut answer gone on with, by another model where one is named. */
  answer: (message: string, model?: string) => void;
  /** The answers that were gone on with. */
  continued: ReadonlySet<string>;
  /** Lets a person choose the model that answers a message again. */
  chooseModel: (message: string) => void;
  /** Shows the branch of another message. */
  show: (message: string) => Promise<void>;
  quote: (text: string) => void;
  /** Left out where there is no other conversation to go to. */
  fork: ((message: string) => void) | undefined;
  keepFeedback: (message: string, feedback: Feedback | null) => void;
};

const Context = createContext<MessageActions | null>(null);

export const MessageActionsProvider = Context.Provider;

/** For the small parts of a message alone: they are drawn again when a run begins or ends, the message is not. */
export function useMessageActions(): MessageActions {
  const actions = useContext(Context);
  if (actions === null) throw new Error('Messages stand in a chat.');
  return actions;
}
