import type { BaseMessage, ToolMessage } from '@langchain/core/messages';
import type { AgentFrame, TurnCheckpoint } from '#server/contract/run-checkpoint.ts';
import type { Source, Usage } from '#server/contract/run-event.ts';
import type { SpentPart } from '#server/contract/spent.ts';
import type { RunWait, WaitAnswer } from '#server/contract/run-wait.ts';
import type { HistoryMessage } from './build-messages.ts';
import type { ModelToolCall } from './call-model.ts';
import { fromStoredMessage, toStoredMessage } from './stored-messages.ts';

/** A turn that waited for a person, and what they answered, by the identifier of the wait. */
export type ResumedTurn = {
  checkpoint: TurnCheckpoint;
  answers: Record<string, WaitAnswer>;
  /** The conversation as it was when the turn began, for whoever needs more than the checkpoint has. */
  readHistory: () => Promise<HistoryMessage[]>;
};

/** Where an agent that was called goes on, and what was answered in the run, to it or to others. */
export type ResumedFrame = { frame: AgentFrame; answers: Record<string, WaitAnswer> };

/** A tool call of the step under way, with what has come of it. */
export type OpenCall = {
  call: ModelToolCall;
  result: ToolMessage | null;
  wait: RunWait | null;
  answer: WaitAnswer | null;
  frame: ResumedFrame | null;
};

/** Where the loop of a turn stands. */
export type TurnState = {
  messages: BaseMessage[];
  /** The calls to make before the model is asked again; null when there are none. */
  calls: OpenCall[] | null;
  /** Model calls so far. */
  step: number;
  spent: Usage;
  /** Of the calls whose price is known. */
  spentUsd: number;
  /** The same by who pays for it. */
  parts: SpentPart[];
  /** The model that was called last; null before the first call. */
  model: string | null;
  sources: string[];
};

/** What goes on where another agent takes a turn over. */
export type CarriedTurn = Pick<TurnState, 'step' | 'spent' | 'spentUsd' | 'parts' | 'sources'>;

export const toOpenCall = (call: ModelToolCall): OpenCall => ({
  call,
  result: null,
  wait: null,
  answer: null,
  frame: null,
});

/** A turn that begins. */
export function beginTurn(messages: BaseMessage[], carried: CarriedTurn | null): TurnState {
  const spent: Usage = { inputTokens: 0, outputTokens: 0, cachedInputTokens: 0, reasoningTokens: 0 };
  const begun = carried ?? { step: 0, spent, spentUsd: 0, parts: [], sources: [] };
  return { messages, calls: null, model: null, ...begun };
}

/** A turn that goes on after it waited. */
export function resumeTurn({ checkpoint, answers }: ResumedTurn): TurnState {
  const { messages, calls, results: _, foundTools: _found, taken: _taken, ...rest } = structuredClone(checkpoint);
  return {
    ...rest,
    messages: messages.map(fromStoredMessage),
    calls: calls.map(({ result, wait, frame, ...call }) => ({
      call,
      result: result === null ? null : (fromStoredMessage(result) as ToolMessage),
      wait,
      answer: wait === null ? null : (answers[wait.id] ?? null),
      frame: frame === null ? null : { frame, answers },
    })),
  };
}

/** What is kept of a turn while it waits. */
export function toCheckpoint(
  { messages, calls, model, ...rest }: TurnState,
  kept: Pick<TurnCheckpoint, 'results' | 'foundTools'>,
): TurnCheckpoint {
  return {
    ...rest,
    ...kept,
    taken: null,
    model: model ?? '',
    messages: messages.map(toStoredMessage),
    calls: (calls ?? []).map(({ call, result, wait, frame }) => ({
      ...call,
      result: result === null ? null : toStoredMessage(result),
      wait,
      frame: frame?.frame ?? null,
    })),
  };
}

/** Numbers the sources of a turn: the same one again when it is known. Keeps them in `known`. */
export function createSourceNumbers(known: string[]): (source: Omit<Source, 'number'>) => Source {
  const numbers = new Map(known.map((key, place) => [key, place + 1]));
  return (source) => {
    const key = `${source.url ?? ''} ${source.title}`;
    const number = numbers.get(key) ?? known.push(key);
    numbers.set(key, number);
    return { number, ...source };
  };
}
