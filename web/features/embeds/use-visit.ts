import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { AgentTranslation } from '#server/contract/agent-definition.ts';
import { findTranslation, toShownAgent, toShownGreeting } from '#server/contract/agent-translation.ts';
import type { EmbedOpening, VisitConversation, VisitMessage } from '#server/contract/embed.ts';
import { emptyRunView, type RunView } from '#web/features/runs/run-view.ts';
import { type LiveRun, useLiveRun } from '#web/features/runs/use-live-run.ts';
import { useLanguage } from '#web/lib/i18n/use-translation.ts';
import { isProblem } from '#web/lib/api-problem.ts';
import type { StreamedRunEvent } from '#web/lib/run-stream.ts';
import {
  beginVisit,
  cancelVisitRun,
  endVisit,
  followVisitRun,
  readOpening,
  readVisit,
  startVisitRun,
  type Visit,
} from './api/visit-requests.ts';
import { findSite } from './find-site.ts';
import { forgetVisit, keepVisit, readKeptVisit } from './kept-visit.ts';

/** A question and its answer; null while there is none. `isStored`: the hub has the question. */
export type VisitTurn = { key: string; question: string; answer: RunView | null; isStored: boolean };

const toView = ({ content, status, sources, artifacts }: VisitMessage): RunView => ({
  ...emptyRunView,
  text: content,
  status: status ?? 'completed',
  sources,
  artifacts,
});

/** What is not read yet: the page's cursor, and answers whose question is there. */
type Earlier = { cursor: string | null; answers: VisitMessage[] };

/** Turns of messages, oldest first, that begin with a question. */
function toTurns(messages: VisitMessage[]): VisitTurn[] {
  const turns: VisitTurn[] = [];
  for (const message of messages) {
    const last = turns.at(-1);
    if (message.role === 'user')
      turns.push({ key: message.id, question: message.content, answer: null, isStored: true });
    else if (last !== undefined) last.answer = toView(message);
  }
  return turns;
}

/** A page, newest first, with the answers whose question it has. */
function takePage({ items, nextCursor }: VisitConversation, answers: VisitMessage[]) {
  const messages = [...items.toReversed(), ...answers];
  const begin = messages.findIndex(({ role }) => role === 'user');
  const end = begin === -1 ? messages.length : begin;
  return { turns: toTurns(messages.slice(end)), earlier: { cursor: nextCursor, answers: messages.slice(0, end) } };
}

/** How an answer stands that was read to its end, or that never began: then its failure is all there is of it. */
const toEnded = ({ view, problem }: LiveRun): RunView =>
  problem === null ? view : { ...view, status: 'failed', error: problem.problem };

/** How the agent introduces itself, in the page's language. */
export type ShownOpening = EmbedOpening & { texts: AgentTranslation | undefined };

function toShown(told: EmbedOpening, language: string): ShownOpening {
  const agent = toShownAgent(told.agent, language);
  const texts = findTranslation(agent.translations, language);
  return {
    ...told,
    agent,
    ...toShownGreeting(told, texts),
    texts,
  };
}

const nothingEarlier: Earlier = { cursor: null, answers: [] };

/** One conversation with an embedded agent: begun with its first message, taken up again after a reload of the tab. */
export function useVisit(agent: string) {
  const language = useLanguage();
  const [told, setTold] = useState<EmbedOpening | null>(null);
  const opening = useMemo(() => told && toShown(told, language), [told, language]);
  const [failure, setFailure] = useState<unknown>(null);
  const [attempt, setAttempt] = useState(0);
  const [turns, setTurns] = useState<VisitTurn[]>([]);
  const [earlier, setEarlier] = useState<Earlier>(nothingEarlier);
  /** How much may still be asked in the visit that is kept; null: none is. */
  const [left, setLeft] = useState<number | null>(null);
  const said = useRef(0);
  const [variables, setVariables] = useState<Record<string, string> | null>(null);

  const { live, isReading, read, stop, clear } = useLiveRun({
    cancel: async (run) => {
      const visit = readKeptVisit(agent);
      if (visit !== null) await cancelVisitRun(visit, run);
    },
    onSettled: (ended) => {
      const isStored = ended.view.run !== null;
      setTurns((before) =>
        before.map((turn) =>
          turn === before.at(-1) ? { ...turn, answer: toEnded(ended), isStored: turn.isStored || isStored } : turn,
        ),
      );
      clear();
    },
  });

  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    async function open() {
      const answer = await readOpening(agent, signal);
      const visit = readKeptVisit(agent);
      if (visit !== null) await takeUp(visit);
      setTold(answer);
    }
    async function takeUp(visit: Visit) {
      try {
        const conversation = await readVisit(visit, null, signal);
        const { activeRun, messagesLeft } = conversation;
        const page = takePage(conversation, []);
        setTurns(page.turns);
        setEarlier(page.earlier);
        setLeft(messagesLeft);
        if (activeRun !== null) void read((listening) => followVisitRun(visit, activeRun, listening));
      } catch (error) {
        if (!isProblem(error, 'not_found')) throw error;
        forgetVisit(agent);
      }
    }
    open().catch((error: unknown) => {
      if (!signal.aborted) setFailure(error);
    });
    return () => controller.abort();
  }, [agent, attempt, read]);

  const getVisit = useCallback(async () => {
    const kept = readKeptVisit(agent);
    if (kept !== null) return kept;
    const begun = await beginVisit(agent, findSite());
    keepVisit(begun);
    return begun;
  }, [agent]);

  const ask = (message: { input: string } | { again: true }, question: string) => {
    const body = { ...message, ...(variables !== null && { variables }) };
    void read(async function* (listening): AsyncGenerator<StreamedRunEvent> {
      try {
        yield* startVisitRun(await getVisit(), body, listening);
      } catch (error) {
        if (!isProblem(error, 'not_found')) throw error;
        // It ended a day after its last message; what is asked now begins another one.
        forgetVisit(agent);
        setTurns((before) => before.slice(-1));
        setEarlier(nothingEarlier);
        setLeft(opening === null ? null : opening.maximumMessages - 1);
        yield* startVisitRun(await getVisit(), { ...body, input: question, again: undefined }, listening);
      }
    });
  };

  return {
    opening,
    failure,
    reload: () => {
      setFailure(null);
      setAttempt(attempt + 1);
    },
    turns,
    /** Null where all of it is read. */
    readEarlier:
      earlier.cursor === null
        ? null
        : async () => {
            const visit = readKeptVisit(agent);
            if (visit === null) return;
            const page = takePage(await readVisit(visit, earlier.cursor), earlier.answers);
            setTurns((later) => [...page.turns, ...later]);
            setEarlier(page.earlier);
          },
    /** Whether as much was asked as may be in one visit. */
    isFull: opening !== null && (left ?? opening.maximumMessages) <= 0,
    live,
    isReading,
    stop,
    variables,
    setVariables,
    send: (input: string) => {
      said.current += 1;
      setLeft((left ?? opening?.maximumMessages ?? 1) - 1);
      setTurns([...turns, { key: `said-${said.current}`, question: input, answer: null, isStored: false }]);
      ask({ input }, input);
    },
    /** Asks the last question once more. */
    retry: () => {
      const last = turns.at(-1);
      if (last === undefined) return;
      setTurns([...turns.slice(0, -1), { ...last, answer: null }]);
      ask(last.isStored ? { again: true } : { input: last.question }, last.question);
    },
    /** Forgets what was said, here and in the hub. */
    startOver: async () => {
      const visit = readKeptVisit(agent);
      clear();
      setTurns([]);
      setEarlier(nothingEarlier);
      setLeft(null);
      forgetVisit(agent);
      if (visit !== null) await endVisit(visit).catch(() => undefined);
    },
  };
}
export type VisitState = ReturnType<typeof useVisit>;
