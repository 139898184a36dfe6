import { useCallback, useMemo, useState } from 'react';
import { useLocation } from 'react-router';
import { toShownAgent } from '#server/contract/agent-translation.ts';
import type { Agent } from '#server/contract/agent.ts';
import type { Exchange } from '#web/features/conversations/to-turns.ts';
import { useLanguage } from '#web/lib/i18n/use-translation.ts';
import { ChatSession } from './chat-session.tsx';

export type ChatProps = {
  agent: Agent;
  /** An earlier conversation; without it, the first message begins a new one. */
  conversation?: string | null | undefined;
  /** What answers: the draft, a pinned version, or (left out) the newest published one. */
  version?: 'draft' | number | undefined;
  /** Told when the first message has made a conversation, so that the address can name it; left out in a preview. */
  onConversation?: ((conversation: string) => void) | undefined;
  /** Goes to another conversation, or to a new one; left out in a preview. */
  onOpen?: ((conversation: string) => void) | undefined;
  onNew?: (() => void) | undefined;
  /** Where models are connected. */
  modelsAddress?: string | undefined;
  /** Where a new conversation begins. */
  newAddress?: string | undefined;
  /** Takes an answer, with all that led to it, as a test of the agent. */
  onMakeTest?: ((exchange: Exchange & { variables: Record<string, string> }) => void) | undefined;
};

/** A conversation with an agent; fills its container, which must have a height. */
export function Chat({
  agent: told,
  conversation = null,
  version,
  onConversation,
  modelsAddress = '/settings/models',
  newAddress = '/',
  onMakeTest,
  onOpen,
  onNew,
}: ChatProps) {
  const language = useLanguage();
  const agent = useMemo(() => toShownAgent(told, language), [told, language]);
  const [asked, setAsked] = useState(conversation);
  // A temporary conversation has no address of its own: whoever goes to its agent once more begins another one.
  const { key: visit } = useLocation();
  const [temporary, setTemporary] = useState<string | null>(null);
  const [forked, setForked] = useState<string | null>(null);
  const [session, setSession] = useState({ number: 0, conversation, current: conversation, isForked: false });

  // The address follows a conversation that was born here; any other change of it is another conversation.
  if (conversation !== asked) {
    setAsked(conversation);
    if (conversation !== session.current) {
      setSession({
        number: session.number + 1,
        conversation,
        current: conversation,
        isForked: conversation !== null && conversation === forked,
      });
      setForked(null);
    }
  }

  if (temporary !== null && temporary !== visit) {
    setTemporary(null);
    setSession({ number: session.number + 1, conversation, current: conversation, isForked: false });
  }

  const born = useCallback(
    (id: string, isTemporary: boolean) => {
      if (isTemporary) {
        setTemporary(visit);
        return;
      }
      setSession((before) => ({ ...before, current: id }));
      onConversation?.(id);
    },
    [onConversation, visit],
  );
  const openFork = useCallback(
    (id: string) => {
      setForked(id);
      onOpen?.(id);
    },
    [onOpen],
  );
  const isPreview = onConversation === undefined;
  const startOver = () =>
    setSession({ number: session.number + 1, conversation: null, current: null, isForked: false });

  return (
    <ChatSession
      key={session.number}
      agent={agent}
      conversation={session.conversation}
      version={version}
      onBorn={born}
      isPreview={isPreview}
      onStartOver={isPreview && session.current !== null ? startOver : undefined}
      modelsAddress={modelsAddress}
      newAddress={newAddress}
      onMakeTest={onMakeTest}
      isForked={session.isForked}
      onFork={onOpen && openFork}
      onNew={onNew ?? (isPreview ? startOver : undefined)}
    />
  );
}
