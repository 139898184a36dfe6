import { createParser } from 'eventsource-parser';
import type { Message } from '#server/contract/conversation.ts';
import type { Page } from '#server/contract/page.ts';
import type { Problem } from '#server/contract/problem.ts';
import { RunEvent, type RunEventOf } from '#server/contract/run-event.ts';
import type { Run } from '#server/contract/run.ts';
import { createAgent } from './agent-requests.ts';
import { buildTestApp, type TestPerson } from './build-test-app.ts';
import { createScriptedModel } from './scripted-model/create-scripted-model.ts';

export type SeenEvent = { id: string; event: RunEvent };
export type Engine = Awaited<ReturnType<typeof startEngine>>;

/** The key that the hub shows its providers; no answer may ever hold it. */
export const providerKey = 'sk-test-provider-key';

/** A listening hub, connected to a scripted model as `openai/…`, `anthropic/…`, `google/…` and `mistral/…`, with one person and their key. */
export async function startEngine(options: Parameters<typeof buildTestApp>[0] = {}) {
  const model = await createScriptedModel({ models: ['test-model'] });
  const hub = await buildTestApp({
    ...options,
    variables: {
      OPENAI_BASE_URL: `${model.url}/v1`,
      OPENAI_API_KEY: providerKey,
      ANTHROPIC_BASE_URL: model.url,
      ANTHROPIC_API_KEY: providerKey,
      GOOGLE_BASE_URL: `${model.url}/v1beta`,
      GEMINI_API_KEY: providerKey,
      MISTRAL_BASE_URL: `${model.url}/mistral/v1`,
      MISTRAL_API_KEY: providerKey,
      ...options.variables,
    },
  });
  const ada = await hub.createPerson();
  const url = await hub.listen();
  const key = (await ada.createKey(['agents:read', 'runs:write', 'conversations:read'])).key;
  return {
    model,
    hub,
    ada,
    url,
    key,
    close: async () => {
      // A client may hold a connection on which it never asked anything; closing would wait for it.
      hub.app.server.closeAllConnections();
      await hub.close();
      await model.close();
    },
  };
}

/** Connects the scripted model once more, as `responses/…`: a gateway to OpenAI's own models. */
export async function connectResponses({ ada, model }: Pick<Engine, 'ada' | 'model'>) {
  const payload = { name: 'Responses', provider: 'openai', baseUrl: `${model.url}/v1`, apiKey: providerKey };
  const made = await ada.inject({ method: 'POST', url: '/api/connections', payload: { ...payload, api: 'responses' } });
  if (made.statusCode !== 201) throw new Error(made.body);
}

/** The handle of a new agent that answers with the scripted model. */
export async function createRunAgent(person: TestPerson, definition: object = {}, name = 'Helper'): Promise<string> {
  const model = { wishes: ['openai/test-model'] };
  const given = definition as { model?: object };
  const whole = { ...definition, model: { ...model, ...given.model } };
  return (await createAgent(person, { name, definition: whole })).handle;
}

/** Runs an agent as a person and waits for its end; `run` is a problem where it was refused. */
export async function startRun(
  person: Pick<TestPerson, 'inject'>,
  agent: string,
  payload: object,
  headers: Record<string, string> = {},
) {
  const answer = await person.inject({ method: 'POST', url: `/api/agents/${agent}/runs`, payload, headers });
  const isJson = answer.headers['content-type']?.toString().includes('json') === true;
  return {
    status: answer.statusCode,
    body: answer.body,
    run: (isJson ? answer.json() : {}) as Run & Pick<Problem, 'code' | 'detail' | 'errors'>,
  };
}

/** A request to the listening hub with the engine's key. */
export function send(
  { url, key }: Pick<Engine, 'url' | 'key'>,
  path: string,
  {
    body,
    headers,
    signal,
    method,
  }: { body?: object; headers?: HeadersInit; signal?: AbortSignal; method?: string } = {},
) {
  return fetch(`${url}${path}`, {
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    headers: {
      authorization: `Bearer ${key}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(headers as Record<string, string>),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal === undefined ? {} : { signal }),
  });
}

/** The whole events of a stream's text; a frame that was cut off is left out, as an EventSource does it. */
export function parseEvents(text: string): SeenEvent[] {
  const seen: SeenEvent[] = [];
  const parser = createParser({
    onEvent: ({ id = '', data }) => seen.push({ id, event: RunEvent.parse(JSON.parse(data)) }),
  });
  parser.feed(text);
  return seen;
}

/** Reads a stream to its end, or until `isEnough`; then the reader leaves. */
export async function readEvents(response: Response, isEnough: (seen: SeenEvent[]) => boolean = () => false) {
  let text = '';
  const decoder = new TextDecoder();
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    text += decoder.decode(part.value, { stream: true });
    if (isEnough(parseEvents(text))) {
      await reader.cancel();
      break;
    }
  }
  return parseEvents(text);
}

export const eventsOf = <Type extends RunEvent['type']>(seen: readonly SeenEvent[], type: Type) =>
  seen.map(({ event }) => event).filter((event): event is RunEventOf<Type> => event.type === type);

export const textOf = (seen: readonly SeenEvent[]) =>
  eventsOf(seen, 'text-delta')
    .map(({ text }) => text)
    .join('');

const longestPauseMs = 50;

/** Asks again until an answer is there; the test's own time limit ends it. */
export async function until<Value>(ask: () => Promise<Value | null | false> | Value | null | false): Promise<Value> {
  // What takes long is asked for less often: asking costs the hub more than waiting does.
  for (let pauseMs = 5; ; pauseMs = Math.min(2 * pauseMs, longestPauseMs)) {
    const answer = await ask();
    if (answer !== null && answer !== false) return answer;
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}

/** A person's run that ended. */
export function untilEnded(person: Pick<TestPerson, 'inject'>, run: string) {
  return until(async () => {
    const found = (await person.inject({ method: 'GET', url: `/api/runs/${run}` })).json<Run>();
    return found.endedAt === null ? null : found;
  });
}

/** Where a run is begun that answers the question of a run again. */
export async function toQuestion(
  { inject }: Pick<TestPerson, 'inject'>,
  { conversationId }: Pick<Run, 'conversationId'>,
) {
  const url = `/api/conversations/${conversationId}/messages`;
  const { items } = (await inject({ url })).json<Page<Message>>();
  return { conversationId, parentMessageId: items.find(({ role }) => role === 'user')?.id };
}
