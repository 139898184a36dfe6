import { describe, expect, it } from 'vitest';
import type { Message } from '#server/contract/conversation.ts';
import type { RunEvent } from '#server/contract/run-event.ts';
import { runEnd, runStart, say, toolCall, toolResult, usage } from '#test/support/sample-run.ts';
import { reduceRun } from '#web/features/runs/reduce-run.ts';
import { emptyRunView, isUnderWay, type RunView } from '#web/features/runs/run-view.ts';
import { toRunView } from '#web/features/runs/to-run-view.ts';

const fold = (...events: RunEvent[]) => events.reduce(reduceRun, emptyRunView);
const source = (number: number, title: string): RunEvent => ({
  type: 'source',
  source: { number, title, url: null, excerpt: null },
});
const ask: RunEvent = {
  type: 'approval-request',
  approval: 'approval-1',
  call: 'call-1',
  tool: 'calculator',
  input: {},
  expiresAt: '2026-11-23T11:00:00Z',
};
const decided: RunEvent = { type: 'approval-result', approval: 'approval-1', decision: 'approved' };
const problem = { type: 'about:blank', title: 'x', status: 502, code: 'model_unavailable' as const, detail: 'Gone.' };

const timing = { firstTokenMs: 400, durationMs: 900 };
const guard = { guard: 'secrets', side: 'output' as const, action: 'mask' as const, what: ['api-key'], count: 1 };

describe('the view of a run', () => {
  it.each<[string, RunEvent[], Partial<RunView>]>([
    [
      'knows its conversation from the start',
      [runStart],
      { run: 'run-1', conversationId: 'conversation-1', status: 'running' },
    ],
    ['joins text', [runStart, say('Twelve '), say('it is.')], { text: 'Twelve it is.' }],
    [
      'joins reasoning apart from text',
      [runStart, { type: 'reasoning-delta', text: 'Hm.' }, say('12')],
      { reasoning: 'Hm.', text: '12' },
    ],
    [
      'puts sources in the order of their numbers, each once',
      [source(2, 'b'), source(1, 'a'), source(2, 'c')],
      {
        sources: [
          { number: 1, title: 'a', url: null, excerpt: null },
          { number: 2, title: 'c', url: null, excerpt: null },
        ],
      },
    ],
    ['waits while a person is asked', [runStart, toolCall, ask], { status: 'waiting' }],
    ['goes on once the person has answered', [runStart, toolCall, ask, decided], { status: 'running' }],
    [
      'keeps what came before a failure',
      [runStart, say('So far'), { type: 'error', problem }, runEnd({ status: 'failed', finishReason: 'error' })],
      { text: 'So far', status: 'failed', error: problem },
    ],
    [
      "takes the end's usage as the last word",
      [runStart, { type: 'usage', model: 'm', usage, costUsd: null, contextWindow: null, timing: null }, runEnd()],
      { usage, costUsd: 0.002 },
    ],
    [
      'knows of a cost of which a part is unknown that it is at least the rest',
      [
        { type: 'usage', model: 'm', usage, costUsd: 0.1, contextWindow: null, timing: null },
        { type: 'usage', model: 'm', usage, costUsd: null, contextWindow: null, timing: null },
        { type: 'usage', model: 'm', usage, costUsd: 0.1, contextWindow: null, timing: null },
      ],
      { costUsd: 0.2, costIsPartial: true },
    ],
  ])('%s', (_name, events, expected) => {
    expect(fold(...events)).toMatchObject(expected);
  });

  it('shows a step as running with its progress, then with its output and time', () => {
    const running = fold(runStart, toolCall, { type: 'tool-progress', call: 'call-1', text: 'half' });
    expect(running.steps).toMatchObject([
      { intent: 'Calculating 3 * 4', isRunning: true, progress: 'half', output: null },
    ]);
    expect(reduceRun(running, toolResult).steps).toMatchObject([
      { isRunning: false, progress: null, output: { result: '12' }, durationMs: 40 },
    ]);
  });

  it('leaves no step running when the run ends without its result', () => {
    const view = fold(runStart, toolCall, runEnd({ status: 'cancelled', finishReason: 'cancelled' }));
    expect(view.steps).toMatchObject([{ isRunning: false, durationMs: null }]);
    expect(isUnderWay(view)).toBe(false);
  });

  it('ignores a result of a call that it never saw', () => {
    const view = fold(runStart);
    expect(reduceRun(view, toolResult)).toBe(view);
  });

  it('tells who took the turn over, as it happens and from a stored message alike', () => {
    const agent = { id: 'agent-2', handle: 'sums', name: 'Sums', translations: {} };
    const handOver = { from: 'Fee Clerk', agent, version: 3, brief: 'A sum is wanted.' };
    const live = fold(runStart, { type: 'hand-over', ...handOver }, say('12'), runEnd());
    expect(live).toMatchObject({ answeredBy: agent, version: 3, handOvers: [handOver], text: '12' });
    const message: Pick<Message, 'content' | 'run' | 'sources' | 'createdAt'> = {
      content: '12',
      createdAt: '2026-11-23T10:00:02Z',
      sources: [],
      run: {
        id: 'run-1',
        status: 'completed',
        agent,
        version: 3,
        model: 'openai/gpt-5-mini',
        finishReason: 'stop',
        startedBy: { kind: 'page' },
        startedAt: '2026-11-23T10:00:00Z',
        steps: [{ kind: 'hand-over', ...handOver }],
        sources: [],
        artifacts: [],
        reasoning: '',
        error: null,
      },
    };
    const { answeredBy, version, handOvers } = live;
    expect(toRunView(message)).toMatchObject({ answeredBy, version, handOvers });
  });

  it('reads a stored message into the same view as its events', () => {
    const live = fold(
      runStart,
      toolCall,
      toolResult,
      say('12'),
      source(1, 'a'),
      { type: 'usage', model: 'm', usage, costUsd: 0.002, contextWindow: null, estimated: false, timing },
      { type: 'guard', ...guard },
      runEnd(),
    );
    const { call, tool, intent, input } = toolCall;
    const message: Pick<Message, 'content' | 'run' | 'sources' | 'createdAt'> = {
      content: '12',
      createdAt: '2026-11-23T10:00:02Z',
      sources: [],
      run: {
        id: 'run-1',
        status: 'completed',
        agent: { id: 'agent-1', handle: 'fee-clerk', name: 'Fee Clerk', translations: {} },
        version: 1,
        model: 'openai/gpt-5-mini',
        finishReason: 'stop',
        startedBy: { kind: 'page' },
        startedAt: '2026-11-23T10:00:00Z',
        steps: [
          {
            kind: 'tool',
            parent: null,
            call,
            tool,
            intent,
            input,
            output: { result: '12' },
            isError: false,
            durationMs: 40,
          },
          { kind: 'model', model: 'm', usage, costUsd: 0.002, contextWindow: null, estimated: false, timing },
          { kind: 'guard', ...guard },
        ],
        sources: [{ number: 1, title: 'a', url: null, excerpt: null }],
        artifacts: [],
        reasoning: '',
        error: null,
      },
    };
    const same = [
      'run',
      'version',
      'model',
      'status',
      'text',
      'steps',
      'guards',
      'sources',
      'artifacts',
      'usage',
      'costUsd',
      'error',
      'startedAt',
      'firstTokenMs',
      'endedAt',
    ] as const;
    const stored = toRunView(message);
    for (const key of same) expect(stored[key], key).toEqual(live[key]);
  });
});
