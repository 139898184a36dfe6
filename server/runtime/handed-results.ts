import { AIMessage, type BaseMessage, ToolMessage } from '@langchain/core/messages';
import { estimateTokens } from '#server/contract/estimate-tokens.ts';
import type { HandedResult } from '#server/contract/run-checkpoint.ts';
import type { RunEvent } from '#server/contract/run-event.ts';
import { HubError } from '#server/hub-error.ts';
import type { ToolGuard } from './guards/guard-tools.ts';
import { cutToBytes, toDataBlock, toPlainText } from './tools/plain-text.ts';

const longestOutputBytes = 8_000;
const longestInput = 1_000;

/** What the calls of a turn brought, for whoever takes it over, in order. Pure. */
export function toHandedResults(messages: readonly BaseMessage[], isTold: (name: string) => boolean): HandedResult[] {
  const calls = new Map(
    messages.flatMap((message) =>
      AIMessage.isInstance(message) ? (message.tool_calls ?? []).map((call) => [call.id ?? '', call] as const) : [],
    ),
  );
  return messages.flatMap((message) => {
    if (!ToolMessage.isInstance(message)) return [];
    const call = calls.get(message.tool_call_id);
    if (call === undefined || !isTold(call.name)) return [];
    const input = JSON.stringify(call.args).slice(0, longestInput);
    return [{ tool: call.name, input, output: cutToBytes(message.text, longestOutputBytes) }];
  });
}

/** The results as the guards of the agent that takes over let them pass; what they refuse is told instead. */
export async function* guardHandedResults(
  results: readonly HandedResult[],
  guard: ToolGuard,
): AsyncGenerator<RunEvent, HandedResult[]> {
  const passed: HandedResult[] = [];
  for (const { tool, input, output } of results) {
    const events: RunEvent[] = [];
    const watched = guard.watchResult(
      async (mask) => (mask === null ? { input, output } : { input: await mask(input), output: await mask(output) }),
      (event) => events.push(event),
    );
    passed.push({ tool, ...(await watched.catch((error: unknown) => ({ input: '', output: toRefusal(error) }))) });
    yield* events;
  }
  return passed;
}

function toRefusal(error: unknown): string {
  if (error instanceof HubError) return error.message;
  throw error;
}

/** The results as they are told to a model: the newest that fit, in order; null where there are none. Pure. */
export function writeHandedResults(results: readonly HandedResult[], maximumTokens: number): string | null {
  const parts: string[] = [];
  let tokens = 0;
  for (const { tool, input, output } of [...results].reverse()) {
    const part = toPlainText(`${tool}(${input}) →\n${output}`);
    tokens += estimateTokens(part);
    if (tokens > maximumTokens) break;
    parts.unshift(part);
  }
  const isCut = parts.length < results.length;
  if (results.length === 0) return null;
  const lead = isCut
    ? 'What its tools brought in this turn; earlier results had no room:'
    : 'What its tools brought in this turn:';
  return `${lead}\n${toDataBlock(parts.join('\n\n'), 'tools of the other agent')}`;
}
