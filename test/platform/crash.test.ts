import { rmSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Message } from '#server/contract/conversation.ts';
import type { Page } from '#server/contract/page.ts';
import type { Run } from '#server/contract/run.ts';
import { createHubPlace, type HubPlace, openHubOn, startChildHub } from '#test/support/child-hub.ts';
import { canHold, copyHeld } from '#test/support/copy-held.ts';
import { createScriptedModel, type ScriptedModel } from '#test/support/scripted-model/create-scripted-model.ts';

/** Each hub is held some times in the middle of its work, and then killed; where it cannot be held, it is only killed. */
const [hubs, moments] = canHold ? [4, 5] : [20, 1];
const crashes = hubs * moments;
const atOnce = 20;
const reply = 'one two three four five six seven eight';

/** A run whose beginning the hub told us of; `ended` when it told us of the end too. */
type Acknowledged = { id: string; conversationId: string; input: string; ended: boolean };
type Read = <Answer>(path: string) => Promise<Answer>;

let model: ScriptedModel;
let place: HubPlace;
let agent: string;
let news = 0;
/** Settled when asking may go on. */
let pause = Promise.resolve();
const acknowledged: Acknowledged[] = [];
const start = () => startChildHub(place, { OPENAI_BASE_URL: `${model.url}/v1`, OPENAI_API_KEY: 'none' });

beforeAll(async () => {
  model = await createScriptedModel({ models: ['crash'], always: { text: reply, pieceDelayMs: 15 } });
  place = await createHubPlace();
}, 120_000);
afterAll(async () => {
  await model.close();
  place.remove();
});

/** Keeps runs under way until the hub is killed, and notes what it acknowledges; answers what was cut off when it was only held. */
async function crashUnderLoad(round: number): Promise<Run[]> {
  const hub = await start();
  const definition = { model: { wishes: ['openai/crash'] } };
  if (round === 0)
    ({ handle: agent } = await hub.request<{ handle: string }>('POST', '/api/agents', { name: 'Crash', definition }));
  const keepAsking = async (place: number) => {
    for (let turn = 0; ; turn += 1) {
      await pause;
      const input = `${round}/${place}/${turn}`;
      let run: Acknowledged | null = null;
      await hub.stream(agent, { input }, (event) => {
        if (event.type === 'run-start') {
          run = { id: String(event['run']), conversationId: String(event['conversationId']), input, ended: false };
          acknowledged.push(run);
          news += 1;
        }
        if (event.type === 'run-end' && run !== null) {
          run.ended = true;
          news += 1;
        }
      });
    }
  };
  const asking = Array.from({ length: atOnce }, (_, number) => keepAsking(number).catch(() => {}));
  const before = acknowledged.length;
  const cutOff: Run[] = [];
  try {
    for (let moment = 1; moment < moments; moment += 1) {
      await untilNews();
      let goOn = () => {};
      pause = new Promise((resolve) => (goOn = resolve));
      const known = acknowledged.slice(before).map((run) => ({ ...run }));
      const left = await copyHeld(hub.child, place.dataFolder);
      cutOff.push(...(await checkLeft(left, known.slice(-2 * atOnce)).finally(goOn)));
    }
    await untilNews();
  } finally {
    // A kill, as a crash is.
    await hub.close();
  }
  await Promise.all(asking);
  return cutOff;
}

/** After some beginnings and ends, and not after some time: how fast the machine is must not matter. */
async function untilNews() {
  news = 0;
  const enough = 1 + Math.random() * 3 * atOnce;
  while (news < enough) await wait(2);
}

/** What another hub makes of the folder that a crash would have left; answers the runs that were cut off. */
async function checkLeft(dataFolder: string, known: Acknowledged[]): Promise<Run[]> {
  const hub = await openHubOn(dataFolder);
  await hub.services.instance.begin();
  const read: Read = async <Answer>(path: string) => (await hub.injectWithKey(place.key, { url: path })).json<Answer>();
  const stored: Run[] = [];
  for (const run of known) stored.push(await checkStored(read, run));
  await hub.close();
  rmSync(dataFolder, { recursive: true });
  return stored.filter(({ status }) => status === 'interrupted');
}

async function checkStored(read: Read, run: Acknowledged): Promise<Run> {
  const stored = await read<Run>(`/api/runs/${run.id}`);
  const { items } = await read<{ items: Message[] }>(`/api/conversations/${run.conversationId}/messages`);
  const contents = items.map(({ content }) => content).reverse();
  if (run.ended) expect(stored.status).toBe('completed');
  expect(['completed', 'interrupted']).toContain(stored.status);
  expect(contents).toEqual(stored.status === 'completed' ? [run.input, reply] : [run.input]);
  expect(stored.output).toBe(stored.status === 'completed' ? reply : '');
  return stored;
}

describe('a hub that is killed under load', () => {
  test(`${crashes} times loses nothing that it acknowledged, and what was cut off can be repeated`, async () => {
    const cutOff: Run[] = [];
    for (let round = 0; round < hubs; round += 1) cutOff.push(...(await crashUnderLoad(round)));
    const hub = await start();
    const read: Read = (path) => hub.request('GET', path);
    const interrupted: Run[] = [];
    let ended = 0;
    for (let first = 0; first < acknowledged.length; first += atOnce) {
      const some = acknowledged.slice(first, first + atOnce);
      for (const run of await Promise.all(some.map((known) => checkStored(read, known)))) {
        if (run.status === 'interrupted') interrupted.push(run);
        else ended += 1;
      }
    }
    expect(interrupted.length).toBeGreaterThanOrEqual(hubs);
    expect(interrupted.length + cutOff.length).toBeGreaterThanOrEqual(crashes);
    expect(ended).toBeGreaterThan(0);
    expect(interrupted[0]).toMatchObject({ error: { code: 'run_interrupted' } });

    for (const run of interrupted.slice(-atOnce)) {
      const { conversationId } = run;
      const said = await hub.request<Page<Message>>('GET', `/api/conversations/${conversationId}/messages`);
      const parentMessageId = said.items.find(({ role }) => role === 'user')?.id;
      const again = await hub.request<Run>('POST', `/api/agents/${agent}/runs`, { conversationId, parentMessageId });
      expect(again).toMatchObject({ status: 'completed', output: reply, conversationId: run.conversationId });
    }
    await hub.close();
  }, 420_000);
});
