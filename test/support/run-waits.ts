import type { Run } from '#server/contract/run.ts';
import type { TestPerson } from './build-test-app.ts';
import { type Engine, eventsOf, readEvents, type SeenEvent, send } from './run-engine.ts';

type Asker = Pick<TestPerson, 'inject'>;

/** Streams a run of an agent in the background; `events` resolves at its end. */
export async function streamRun(engine: Engine, agent: string, more: object = {}) {
  const response = await send(engine, `/api/agents/${agent}/runs`, { body: { input: 'Go', stream: true, ...more } });
  return { run: response.headers.get('x-run-id') ?? '', events: readEvents(response) };
}

/** The events of a run, from its beginning or after one, until enough was seen. */
export const watchRun = (
  engine: Engine,
  run: string,
  isEnough: (seen: SeenEvent[]) => boolean = () => false,
  headers: Record<string, string> = {},
) => send(engine, `/api/runs/${run}/events`, { headers }).then((response) => readEvents(response, isEnough));

/** Waits until so many calls of a run wait for a person. */
export async function untilAsked(engine: Engine, run: string, count = 1) {
  const seen = await watchRun(engine, run, (far) => eventsOf(far, 'approval-request').length >= count);
  return eventsOf(seen, 'approval-request');
}

/** Waits until a run asks its person to fill in a form. */
export async function untilForm(engine: Engine, run: string) {
  const seen = await watchRun(engine, run, (far) => eventsOf(far, 'form-request').length > 0);
  return eventsOf(seen, 'form-request')[0];
}

export const getRun = async (person: Asker, run: string) =>
  (await person.inject({ url: `/api/runs/${run}` })).json<Run>();

export const decide = (person: Asker, run: string, approval: string, payload: object) =>
  person.inject({ method: 'POST', url: `/api/runs/${run}/approvals/${approval}`, payload });

export const answerForm = (person: Asker, run: string, form: string, payload: object) =>
  person.inject({ method: 'POST', url: `/api/runs/${run}/forms/${form}`, payload });

/** The results of tools that the scripted model was last told. */
export const toldToModel = ({ model }: Engine) =>
  (model.requests.at(-1)?.body['messages'] as { role: string; content: string; tool_call_id?: string }[]).filter(
    ({ role }) => role === 'tool',
  );

/** A person's requests with one of their keys. */
export const withKey = ({ hub }: Engine, key: string): Asker => ({
  inject: (options) => hub.injectWithKey(key, options),
});
