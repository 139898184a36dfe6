import { type InfiniteData, type QueryClient, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Agent } from '#server/contract/agent.ts';
import type { Message } from '#server/contract/conversation.ts';
import type { Feedback } from '#server/contract/feedback.ts';
import type { Page } from '#server/contract/page.ts';
import type { NamedAgent } from '#server/contract/run-event.ts';
import { followRun, startRun } from '#web/features/runs/api/read-run-events.ts';
import { useLiveRun } from '#web/features/runs/use-live-run.ts';
import { conversationKeys, conversationQuery, messageListQuery } from './api/conversation-queries.ts';
import { showBranch } from './api/show-branch.ts';
import { hearNews } from './conversation-news.ts';
import { cutAfter, findPlaceOf, isStored, type SentMessage, toStoredTurns, type UnsentMessage } from './to-turns.ts';

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
/** Pages of messages that a new message leaves: what is far above is read again when its reader comes back to it. */
const keptPages = 2;

export type Beginning = {
  /** What the person says; null: what stands at `parentMessageId` is answered again, or gone on with. */
  message: Pick<SentMessage, 'content' | 'files'> | null;
  /** The message that it stands under, where that is not the end that is shown. */
  parentMessageId?: string | null | undefined;
  variables: Record<string, string>;
  /** Answers instead of the agent's own models. */
  model?: string | undefined;
};

/** A conversation as this page has it: what is stored, what was sent, and the answer that is under way. */
export function useChat({ agent, conversation, version, isTemporary = false, onBorn }: ChatOptions) {
  const queryClient = useQueryClient();
  const [id, setId] = useState(conversation);
  const [sent, setSent] = useState<(SentMessage & { isBranch: boolean }) | null>(null);
  const beforeCut = useRef<InfiniteData<Page<Message>> | undefined>(undefined);
  const lastBeginning = useRef<Beginning | null>(null);
  const stored = useInfiniteQuery({ ...messageListQuery(id ?? ''), enabled: id !== null });
  const opened = useQuery({ ...conversationQuery(id ?? ''), enabled: id !== null, staleTime: 0 });
  const messages = useMemo(() => stored.data?.pages.flatMap(({ items }) => items) ?? [], [stored.data]);
  const newest = messages[0]?.id ?? null;
  /** The runs that this page has read or reads; none is read twice. */
  const seen = useRef(new Set<string>());

  const run = useLiveRun({
    onStart: (view) => {
      if (view.run === null || view.conversationId === null) return;
      seen.current.add(view.run);
      if (view.conversationId === id) return;
      setId(view.conversationId);
      onBorn(view.conversationId);
    },
    onSettled: ({ view, problem }) => {
      const settled = view.conversationId ?? id;
      // What a branch took out of sight is back where it never began, also without the hub.
      if (id !== null && problem !== null && view.run === null) {
        queryClient.setQueryData(conversationKeys.messages(id), beforeCut.current);
      }
      if (settled !== null) void readMessagesAgain(queryClient, settled);
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

  // A conversation that has just begun stands in no list yet, and where a person is asked nothing ends until they answer.
  const isWaiting = live?.view.status === 'waiting';
  useEffect(() => {
    if (!isWaiting) return;
    const reloadLists = () => void queryClient.invalidateQueries({ queryKey: conversationKeys.lists });
    reloadLists();
    return reloadLists;
  }, [isWaiting, queryClient]);

  const activeRun = opened.data?.activeRun ?? null;
  useEffect(() => {
    if (id === null || activeRun === null || isReading || seen.current.has(activeRun)) return;
    seen.current.add(activeRun);
    void queryClient.invalidateQueries({ queryKey: conversationKeys.messages(id) });
    void read((listening) => followRun(activeRun, listening));
  }, [activeRun, id, isReading, queryClient, read]);

  useEffect(
    () =>
      hearNews((news) => {
        if (id === null || news.type === 'folders' || news.type === 'agent') return;
        if (news.type === 'conversation' && news.conversation !== id) return;
        // What this page reads itself is read again when it ends.
        if (isReading || (news.type === 'conversation' && news.run !== null && seen.current.has(news.run))) return;
        void queryClient.invalidateQueries({ queryKey: conversationKeys.one(id) });
        void queryClient.invalidateQueries({ queryKey: conversationKeys.messages(id) });
      }),
    [id, isReading, queryClient],
  );

  const liveRun = live?.view.run ?? null;
  const storedTurns = useMemo(() => toStoredTurns(messages, liveRun), [messages, liveRun]);
  const handle = agent.handle;

  /** Begins a run of what this page wants; a branch takes what it leaves out of sight at once. */
  const begin = useCallback(
    ({ message, parentMessageId, variables, model }: Beginning) => {
      lastBeginning.current = { message, parentMessageId, variables, model };
      if (id !== null) {
        queryClient.setQueryData<InfiniteData<Page<Message>>>(conversationKeys.messages(id), (data) => {
          beforeCut.current = data;
          if (!data) return data;
          // All pages that are kept are read again when the run has ended.
          const pages = (parentMessageId === undefined ? data.pages : cutAfter(data.pages, parentMessageId)).slice(
            0,
            keptPages,
          );
          return { pages, pageParams: data.pageParams.slice(0, pages.length) };
        });
      }
      setSent(
        message && {
          ...message,
          after: parentMessageId === undefined ? newest : parentMessageId,
          isBranch: parentMessageId !== undefined,
        },
      );
      void read((listening) =>
        startRun(
          handle,
          {
            ...(message && { input: message.content, files: message.files.map((file) => file.id) }),
            variables,
            ...(id !== null && { conversationId: id }),
            ...(id === null && isTemporary && { temporary: true }),
            ...(parentMessageId !== undefined && { parentMessageId }),
            ...(model !== undefined && { model }),
            ...(version !== undefined && { version }),
          },
          listening,
        ),
      );
    },
    [handle, id, isTemporary, newest, queryClient, read, version],
  );

  const { clear } = run;
  /** Shows the branch of another message. */
  const show = useCallback(
    async (message: string) => {
      if (id === null) return;
      const opened = await showBranch(id, message);
      queryClient.setQueryData(conversationKeys.one(id), opened);
      await queryClient.invalidateQueries({ queryKey: conversationKeys.messages(id) });
      setSent(null);
      clear();
    },
    [clear, id, queryClient],
  );

  const keepFeedback = useCallback(
    (message: string, feedback: Feedback | null) => {
      if (id === null) return;
      queryClient.setQueryData<InfiniteData<Page<Message>>>(
        conversationKeys.messages(id),
        (data) =>
          data && {
            ...data,
            pages: data.pages.map((page) => ({
              ...page,
              items: page.items.map((item) => (item.id === message ? { ...item, feedback } : item)),
            })),
          },
      );
    },
    [id, queryClient],
  );

  const hasArrived = sent !== null && isStored(sent, messages);
  const isRefused = live !== null && live.problem !== null && liveRun === null;
  const unsent = useMemo<UnsentMessage | null>(
    () => (sent !== null && isRefused ? { message: sent, isBranch: sent.isBranch, hasArrived } : null),
    [sent, isRefused, hasArrived],
  );
  return {
    id,
    stored,
    opened,
    storedTurns,
    sent: hasArrived || isRefused ? null : sent,
    /** What was sent and did not begin a run; its words go back to where they were written. */
    unsent,
    live,
    /** Another agent than the chat's own that answers the next message. */
    answering: toOther(opened.data?.answeredBy, agent),
    isReading,
    /** Where the answer stands that this page has read, once it is stored. */
    livePlace: findPlaceOf(liveRun, messages),
    begin,
    show,
    keepFeedback,
    /** Begins what could not be begun once more. */
    beginAgain: () => lastBeginning.current && begin(lastBeginning.current),
    /** Reads a run whose stream was lost from its beginning. */
    followAgain: () => liveRun !== null && void read((listening) => followRun(liveRun, listening)),
    stop: run.stop,
  };
}
function toOther(answering: NamedAgent | undefined, agent: Agent): NamedAgent | null {
  return answering === undefined || answering.id === agent.id ? null : answering;
}

export type ChatState = ReturnType<typeof useChat>;

/** A first reading that is still under way would be taken for the newest, although it began before the run's end. */
async function readMessagesAgain(queryClient: QueryClient, conversation: string): Promise<void> {
  const queryKey = conversationKeys.messages(conversation);
  await queryClient.cancelQueries({ queryKey });
  await queryClient.invalidateQueries({ queryKey });
}
