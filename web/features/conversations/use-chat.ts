import { type InfiniteData, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Agent } from '#server/contract/agent.ts';
import type { AttachedFile, Message } from '#server/contract/conversation.ts';
import type { Page } from '#server/contract/page.ts';
import type { NamedAgent } from '#server/contract/run-event.ts';
import { followRun, startRun } from '#web/features/runs/api/read-run-events.ts';
import { useLiveRun } from '#web/features/runs/use-live-run.ts';
import { conversationKeys, conversationQuery, messageListQuery } from './api/conversation-queries.ts';
import { hearOtherTabs, tellOtherTabs } from './other-tabs.ts';
import { isStored, type SentMessage, toStoredTurns, withoutRun } from './to-turns.ts';

export type ChatOptions = {
  agent: Agent;
  conversation: string | null;
  version: 'draft' | number | undefined;
  /** Whether the first message makes a temporary one. */
  isTemporary?: boolean;
  /** Told once when the first message made a conversation. */
  onBorn: (conversation: string) => void;
};

const namedAfterMs = 5000;

type Sending = { input: string; files: AttachedFile[]; variables: Record<string, string> };

/** A conversation as this page has it: what is stored, what was sent, and the answer that is under way. */
export function useChat({ agent, conversation, version, isTemporary = false, onBorn }: ChatOptions) {
  const queryClient = useQueryClient();
  const [id, setId] = useState(conversation);
  const [sent, setSent] = useState<SentMessage | null>(null);
  const lastSending = useRef<Sending | null>(null);
  const stored = useInfiniteQuery({ ...messageListQuery(id ?? ''), enabled: id !== null });
  const opened = useQuery({ ...conversationQuery(id ?? ''), enabled: id !== null, staleTime: 0 });
  const messages = useMemo(() => stored.data?.pages.flatMap(({ items }) => items) ?? [], [stored.data]);
  const newest = messages[0]?.id ?? null;
  /** The runs that this page has read or reads; none is read twice. */
  const seen = useRef(new Set<string>());

  const run = useLiveRun({
    onStart: (view) => {
      if (view.run === null || view.conversationId === null) return;
      if (!seen.current.has(view.run)) tellOtherTabs(view.conversationId);
      seen.current.add(view.run);
      if (view.conversationId === id) return;
      setId(view.conversationId);
      onBorn(view.conversationId);
    },
    onSettled: ({ view }) => {
      const settled = view.conversationId ?? id;
      if (settled !== null) void queryClient.invalidateQueries({ queryKey: conversationKeys.messages(settled) });
      if (settled !== null && view.handOvers.length > 0) {
        void queryClient.invalidateQueries({ queryKey: conversationKeys.one(settled) });
      }
      const reloadLists = () => void queryClient.invalidateQueries({ queryKey: conversationKeys.lists });
      reloadLists();
      // A model names a conversation a little after its first answer.
      if (newest === null && !isTemporary) setTimeout(reloadLists, namedAfterMs);
    },
  });
  const { read, live, isReading } = run;

  const activeRun = opened.data?.activeRun ?? null;
  useEffect(() => {
    if (id === null || activeRun === null || isReading || seen.current.has(activeRun)) return;
    seen.current.add(activeRun);
    void queryClient.invalidateQueries({ queryKey: conversationKeys.messages(id) });
    void read((listening) => followRun(activeRun, listening));
  }, [activeRun, id, isReading, queryClient, read]);

  useEffect(
    () =>
      hearOtherTabs((told) => {
        void queryClient.invalidateQueries({ queryKey: conversationKeys.lists });
        void queryClient.invalidateQueries({ queryKey: conversationKeys.one(told) });
        void queryClient.invalidateQueries({ queryKey: conversationKeys.messages(told) });
      }),
    [queryClient],
  );

  const liveRun = live?.view.run ?? null;
  const storedTurns = useMemo(() => toStoredTurns(messages, liveRun), [messages, liveRun]);
  const handle = agent.handle;

  const send = useCallback(
    (sending: Sending) => {
      lastSending.current = sending;
      setSent({ content: sending.input, files: sending.files, after: newest });
      const { input, files, variables } = sending;
      void read((listening) =>
        startRun(
          handle,
          {
            input,
            files: files.map((file) => file.id),
            variables,
            ...(id !== null && { conversationId: id }),
            ...(id === null && isTemporary && { temporary: true }),
            ...(version !== undefined && { version }),
          },
          listening,
        ),
      );
    },
    [handle, id, isTemporary, newest, read, version],
  );

  /** Answers the last question again; the earlier answer is replaced. */
  const repeat = useCallback(
    (repeated: string, question: { content: string; files: AttachedFile[] }, variables: Record<string, string>) => {
      if (id !== null) {
        queryClient.setQueryData<InfiniteData<Page<Message>>>(conversationKeys.messages(id), (data) => {
          const [first, ...others] = data?.pages ?? [];
          if (!data || !first) return data;
          return { ...data, pages: [{ ...first, items: withoutRun(first.items, repeated) }, ...others] };
        });
      }
      setSent({ ...question, after: null });
      void read((listening) =>
        startRun(handle, { repeat: repeated, variables, ...(version !== undefined && { version }) }, listening),
      );
    },
    [handle, id, queryClient, read, version],
  );

  return {
    id,
    stored,
    opened,
    storedTurns,
    sent: sent !== null && !isStored(sent, messages) ? sent : null,
    live,
    /** Another agent than the chat's own that answers the next message. */
    answering: toOther(opened.data?.answeredBy, agent),
    isReading,
    send,
    repeat,
    /** Sends what could not be sent once more. */
    sendAgain: () => lastSending.current && send(lastSending.current),
    /** Reads a run whose stream was lost from its beginning. */
    followAgain: () => liveRun !== null && void read((listening) => followRun(liveRun, listening)),
    stop: run.stop,
  };
}
function toOther(answering: NamedAgent | undefined, agent: Agent): NamedAgent | null {
  return answering === undefined || answering.id === agent.id ? null : answering;
}

export type ChatState = ReturnType<typeof useChat>;
