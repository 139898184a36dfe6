import type { RunEvent, RunEventOf, Usage } from '#server/contract/run-event.ts';

export const usage: Usage = { inputTokens: 10, outputTokens: 5, cachedInputTokens: 0, reasoningTokens: 0 };

export const runStart: RunEventOf<'run-start'> = {
  type: 'run-start',
  run: 'run-1',
  agent: 'fee-clerk',
  version: 1,
  conversationId: 'conversation-1',
  model: 'openai/gpt-5-mini',
  startedAt: '2026-11-23T10:00:00Z',
};

export const toolCall: RunEventOf<'tool-call'> = {
  type: 'tool-call',
  call: 'call-1',
  tool: 'calculator',
  intent: 'Calculating 3 * 4',
  input: { expression: '3 * 4' },
};

export const toolResult: RunEventOf<'tool-result'> = {
  type: 'tool-result',
  call: 'call-1',
  tool: 'calculator',
  isError: false,
  output: { result: '12' },
  durationMs: 40,
  file: null,
};

export function say(text: string): RunEvent {
  return { type: 'text-delta', text };
}

export function runEnd(parts: Partial<RunEventOf<'run-end'>> = {}): RunEvent {
  return {
    type: 'run-end',
    status: 'completed',
    finishReason: 'stop',
    usage,
    costUsd: 0.002,
    costIsPartial: false,
    endedAt: '2026-11-23T10:00:02Z',
    ...parts,
  };
}
