import {
  EmbedOpening,
  embedTokenHeader,
  EmbedVisit,
  VisitConversation,
  type VisitRunInput,
} from '#server/contract/embed.ts';
import { request, send } from '#web/lib/api-client.ts';
import type { StreamedRunEvent, StreamRunOptions } from '#web/lib/run-stream.ts';

type Listening = Pick<StreamRunOptions, 'signal' | 'onConnection'>;

/** Whose conversation is meant: a visit with an agent, by its token. */
export type Visit = { agent: string; token: string };

const toPath = (agent: string, ...parts: string[]) =>
  ['/api/embeds', ...[agent, ...parts].map(encodeURIComponent)].join('/');
const toHeaders = ({ token }: Visit) => ({ [embedTokenHeader]: token });

export const readOpening = (agent: string, signal: AbortSignal) =>
  request({ path: toPath(agent), schema: EmbedOpening, signal });

export async function beginVisit(agent: string, site: string | null): Promise<Visit> {
  const { token } = await request({
    path: toPath(agent, 'visits'),
    method: 'POST',
    body: { site },
    schema: EmbedVisit,
  });
  return { agent, token };
}

export const endVisit = (visit: Visit) =>
  request({ path: toPath(visit.agent, 'visits'), method: 'DELETE', headers: toHeaders(visit) });

/** The newest messages, or those before a page of them. */
export const readVisit = (visit: Visit, cursor: string | null, signal?: AbortSignal) =>
  request({
    path: `${toPath(visit.agent, 'conversation')}${cursor === null ? '' : `?cursor=${cursor}`}`,
    headers: toHeaders(visit),
    schema: VisitConversation,
    ...(signal && { signal }),
  });

export const cancelVisitRun = (visit: Visit, run: string) =>
  request({ path: toPath(visit.agent, 'runs', run, 'cancel'), method: 'POST', headers: toHeaders(visit) });

/** The bytes of something that a run of the visit made. */
export async function readVisitFile(visit: Visit, file: string, signal: AbortSignal): Promise<Blob> {
  const headers = { ...toHeaders(visit), accept: '*/*' };
  return (await send({ path: toPath(visit.agent, 'files', file), headers, signal })).blob();
}

/** Says something and reads the answer as it comes. The reader is loaded with the first message. */
export async function* startVisitRun(
  visit: Visit,
  body: Omit<VisitRunInput, 'variables'> & { variables?: Record<string, string> },
  listening: Listening,
): AsyncGenerator<StreamedRunEvent> {
  yield* stream(visit, { path: toPath(visit.agent, 'runs'), method: 'POST', body }, listening);
}

/** Reads the answer that was under way when the page was opened. */
export async function* followVisitRun(
  visit: Visit,
  run: string,
  listening: Listening,
): AsyncGenerator<StreamedRunEvent> {
  yield* stream(visit, { path: toPath(visit.agent, 'runs', run, 'events') }, listening);
}

async function* stream(
  visit: Visit,
  target: Pick<StreamRunOptions, 'path' | 'method' | 'body'>,
  listening: Listening,
): AsyncGenerator<StreamedRunEvent> {
  const { streamRun } = await import('#web/lib/run-stream.ts');
  const toEventsPath = (run: string) => toPath(visit.agent, 'runs', run, 'events');
  yield* streamRun({ ...target, ...listening, toEventsPath, headers: toHeaders(visit) });
}
