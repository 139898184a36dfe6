import type { z } from 'zod';
import type { StartRunInput } from '#server/contract/run.ts';
import type { StreamedRunEvent, StreamRunOptions } from '#web/lib/run-stream.ts';

type Listening = Pick<StreamRunOptions, 'signal' | 'onConnection'>;

/** The reader is loaded with the first run. */
async function* streamRun(options: StreamRunOptions): AsyncGenerator<StreamedRunEvent> {
  const reader = await import('#web/lib/run-stream.ts');
  yield* reader.streamRun(options);
}

/** Starts a run of an agent and reads its events. */
export function startRun(
  agent: string,
  input: Omit<z.input<typeof StartRunInput>, 'stream'>,
  listening: Listening,
): AsyncGenerator<StreamedRunEvent> {
  return readRun({ path: `/api/agents/${encodeURIComponent(agent)}/runs`, body: input }, listening);
}

/** Starts a run where it is posted to, and reads its events. */
export function readRun(
  { path, body }: { path: string; body: object },
  listening: Listening,
): AsyncGenerator<StreamedRunEvent> {
  return streamRun({ path, method: 'POST', body: { ...body, stream: true }, ...listening });
}

/** Reads the events of a run that is under way, from its beginning. */
export function followRun(run: string, listening: Listening): AsyncGenerator<StreamedRunEvent> {
  return streamRun({ path: `/api/runs/${encodeURIComponent(run)}/events`, ...listening });
}
