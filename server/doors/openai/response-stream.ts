import type { Problem } from '#server/contract/problem.ts';
import type { RunEvent } from '#server/contract/run-event.ts';
import type { Run } from '#server/contract/run.ts';
import {
  type ResponseFacts,
  toCallItem,
  toMessageId,
  toMessageItem,
  toResponseId,
  toResponseObject,
  toStatus,
  toTextPart,
} from './response-object.ts';

type Batch = readonly { event: RunEvent }[];

type ResponseStream = Omit<ResponseFacts, 'id'> & {
  /** The run that this stream goes on with, and the last event that an earlier one told of. */
  continued: { run: string; after: string | undefined } | null;
  readRun: () => Promise<Run>;
};

/**
 * A run's events as the frames of a streamed response. Tool steps, sources and artifacts come as the extra member `atrium`
 * of `keepalive`, because the official client stops at an event that it does not know. Where the events end because the run
 * waits for a person, function calls tell what it asks.
 */
export async function* toResponseFrames(
  batches: AsyncIterable<Batch>,
  { continued, readRun, ...given }: ResponseStream,
): AsyncGenerator<string> {
  let sequence = 0;
  let facts: ResponseFacts = { ...given, id: '' };
  let text = '';
  let isOpen = false;
  let hasEnded = false;
  let failure: Problem | null = null;
  const frame = (type: string, body: object) => {
    const data = JSON.stringify({ type, sequence_number: sequence, ...body });
    sequence += 1;
    return `event: ${type}\ndata: ${data}\n\n`;
  };
  const place = () => ({ item_id: toMessageId(facts), output_index: 0, content_index: 0 });

  const begin = (run: string, after?: string) => {
    facts = { ...given, id: toResponseId(run, after) };
    const response = toResponseObject(facts, { status: 'in_progress', output: [], usage: null });
    return frame('response.created', { response }) + frame('response.in_progress', { response });
  };
  const openMessage = () => {
    if (isOpen) return '';
    isOpen = true;
    return (
      frame('response.output_item.added', { output_index: 0, item: toMessageItem(facts, 'in_progress', null) }) +
      frame('response.content_part.added', { ...place(), part: toTextPart('') })
    );
  };
  const closeMessage = () =>
    frame('response.output_text.done', { ...place(), text, logprobs: [] }) +
    frame('response.content_part.done', { ...place(), part: toTextPart(text) }) +
    frame('response.output_item.done', { output_index: 0, item: toMessageItem(facts, 'completed', text) });
  const end = (event: Extract<RunEvent, { type: 'run-end' }>) => {
    hasEnded = true;
    const { usage } = event;
    const output = [toMessageItem(facts, 'completed', text)];
    if (failure !== null) {
      return frame('response.failed', {
        response: toResponseObject(facts, { status: 'failed', output, usage, failure }),
      });
    }
    const status = toStatus(event.finishReason);
    const response = toResponseObject(facts, { status, output, usage });
    return openMessage() + closeMessage() + frame(`response.${status}`, { response, atrium: event });
  };
  const ask = ({ id, waitsFor, usage }: Run) => {
    const said = isOpen ? [toMessageItem(facts, 'completed', text)] : [];
    const calls = waitsFor.map((wait) => toCallItem(id, wait));
    const frames = calls.map((item, index) => {
      const at = { item_id: item.id, output_index: said.length + index };
      return (
        frame('response.output_item.added', {
          output_index: at.output_index,
          item: { ...item, status: 'in_progress', arguments: '' },
        }) +
        frame('response.function_call_arguments.delta', { ...at, delta: item.arguments }) +
        frame('response.function_call_arguments.done', { ...at, name: item.name, arguments: item.arguments }) +
        frame('response.output_item.done', { output_index: at.output_index, item })
      );
    });
    const response = toResponseObject(facts, { status: 'completed', output: [...said, ...calls], usage });
    return frames.join('') + frame('response.completed', { response });
  };
  const toFrame = (event: RunEvent): string => {
    if (event.type === 'run-start') return begin(event.run);
    if (event.type === 'run-end') return end(event);
    if (event.type === 'error') {
      failure = event.problem;
      return '';
    }
    if (event.type === 'text-delta') {
      const opened = openMessage();
      text += event.text;
      return opened + frame('response.output_text.delta', { ...place(), delta: event.text, logprobs: [] });
    }
    return event.type === 'usage' ? '' : frame('keepalive', { atrium: event });
  };
  if (continued !== null) yield begin(continued.run, continued.after);
  for await (const batch of batches) yield batch.map(({ event }) => toFrame(event)).join('');
  const run = hasEnded ? null : await readRun();
  if (run?.status === 'waiting') yield (isOpen ? closeMessage() : '') + ask(run);
}
