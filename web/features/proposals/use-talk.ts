import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { followRun, readRun } from '#web/features/runs/api/read-run-events.ts';
import { toRunView } from '#web/features/runs/to-run-view.ts';
import { useLiveRun } from '#web/features/runs/use-live-run.ts';
import { takeWords } from '#web/lib/words-to-say.ts';
import { draftTalkQuery, talkAddress, talkMessagesQuery } from './api/proposal-requests.ts';

/** The talk about one draft as this page has it: what is stored, what was just said, and the answer under way. */
export function useTalk(agent: string) {
  const queryClient = useQueryClient();
  const talk = useQuery({ ...draftTalkQuery(agent), staleTime: 0 });
  const stored = useInfiniteQuery(talkMessagesQuery(talk.data?.conversationId ?? null));
  const [sent, setSent] = useState<string | null>(null);
  const seen = useRef(new Set<string>());

  const { live, isReading, read, stop, clear } = useLiveRun({
    onStart: ({ run }) => {
      if (run !== null) seen.current.add(run);
    },
    onSettled: ({ view, problem }) => {
      if (view.run === null || problem !== null) return;
      // The stored answer takes the place of the one that was read.
      void queryClient
        .fetchQuery({ ...draftTalkQuery(agent), staleTime: 0 })
        .then(({ conversationId }) => queryClient.refetchQueries(talkMessagesQuery(conversationId)))
        .then(() => {
          setSent(null);
          clear();
        });
    },
  });

  const send = useCallback(
    (input: string) => {
      setSent(input);
      void read((listening) => readRun({ path: talkAddress(agent), body: { input } }, listening));
    },
    [agent, read],
  );

  // What was written on the page for a new agent begins the talk.
  useEffect(() => {
    const timer = setTimeout(() => {
      const description = takeWords('describe', agent);
      if (description !== null) send(description);
    });
    return () => clearTimeout(timer);
  }, [agent, send]);

  const activeRun = talk.data?.activeRun ?? null;
  useEffect(() => {
    if (activeRun === null || isReading || seen.current.has(activeRun)) return;
    seen.current.add(activeRun);
    void read((listening) => followRun(activeRun, listening));
  }, [activeRun, isReading, read]);

  const liveRun = live?.view.run ?? null;
  const turns = useMemo(
    () =>
      (stored.data?.pages.flatMap(({ items }) => items) ?? [])
        .toReversed()
        // The run that is read here may be stored already.
        .filter(({ role, content, run }, place, all) =>
          role === 'assistant'
            ? liveRun === null || run?.id !== liveRun
            : sent === null || content !== sent || place < all.length - 2,
        )
        .map((message) =>
          message.role === 'user'
            ? { kind: 'person' as const, key: message.id, text: message.content }
            : { kind: 'agent' as const, key: message.id, view: toRunView(message) },
        ),
    [stored.data, liveRun, sent],
  );

  return { talk, stored, turns, sent, live, isReading, send, stop };
}
export type Talk = ReturnType<typeof useTalk>;
