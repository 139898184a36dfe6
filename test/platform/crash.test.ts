import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Message } from '#server/contract/conversation.ts';
import type { Page } from '#server/contract/page.ts';
import type { Run } from '#server/contract/run.ts';
import { type ChildHub, createHubPlace, type HubPlace, startChildHub } from '#test/support/child-hub.ts';
import { createScriptedModel, type ScriptedModel } from '#test/support/scripted-model/create-scripted-model.ts';

const crashes = 20;
const atOnce = 20;
const reply = 'one two three four five six seven eight';

/** A run whose beginning the hub told us of; `ended` when it told us of the end too. */
type Acknowledged = { id: string; conversationId: string; input: string; round: number; ended: boolean };

let model: ScriptedModel;
let place: HubPlace;
const agent = 'crash';
const acknowledged: Acknowledged[] = [];
const start = () => startChildHub(place, { OPENAI_BASE_URL: `${model.url}/v1`, OPENAI_API_KEY: 'none' });

beforeAll(async () => {
  model = await createScriptedModel({ models: ['crash'], always: { text: reply, pieceDelayMs: 15 } });
  place = await createHubPlace([{ name: 'Crash', definition: { model: { wishes: ['openai/crash'] } } }]);
}, 120_000);
afterAll(async () => {
  await model.close();
  place.remove();
});

/** Keeps runs under way until the hub is killed, and notes what it acknowledges. */
async function crashUnderLoad(round: number) {
  const hub = await start();
  const keepAsking = async (place: number) => {
    for (let turn = 0; ; turn += 1) {
      const input = `${round}/${place}/${turn}`;
      let run: Acknowledged | null = null;
      await hub.stream(agent, { input }, (event) => {
        if (event.type === 'run-start') {
          run = {
            id: String(event['run']),
            conversationId: String(event['conversationId']),
            input,
            round,
            ended: false,
          };
          acknowledged.push(run);
        }
        if (event.type === 'run-end' && run !== null) run.ended = true;
      });
    }
  };
  const asking = Array.from({ length: atOnce }, (_, number) => keepAsking(number).catch(() => {}));
  // After some beginnings and ends, and not after some time: how fast the machine is must not matter.
  const enough = 1 + Math.random() * 3 * atOnce;
  while (countNews(round) < enough) await wait(2);
  hub.child.kill('SIGKILL');
  await Promise.all(asking);
  await hub.close();
}

function countNews(round: number): number {
  return acknowledged.reduce((sum, run) => sum + (run.round !== round ? 0 : run.ended ? 2 : 1), 0);
}

async function checkStored(hub: ChildHub, run: Acknowledged): Promise<Run> {
  const stored = await hub.request<Run>('GET', `/api/runs/${run.id}`);
  const { items } = await hub.request<{ items: Message[] }>('GET', `/api/conversations/${run.conversationId}/messages`);
  const contents = items.map(({ content }) => content).reverse();
  if (run.ended) expect(stored.status).toBe('completed');
  expect(['completed', 'interrupted']).toContain(stored.status);
  expect(contents).toEqual(stored.status === 'completed' ? [run.input, reply] : [run.input]);
  expect(stored.output).toBe(stored.status === 'completed' ? reply : '');
  return stored;
}

describe('a hub that is killed under load', () => {
  test(`${crashes} times loses nothing that it acknowledged, and what was cut off can be repeated`, async () => {
    for (let round = 0; round < crashes; round += 1) await crashUnderLoad(round);
    const hub = await start();
    const interrupted: Run[] = [];
    let ended = 0;
    for (let first = 0; first < acknowledged.length; first += atOnce) {
      const some = acknowledged.slice(first, first + atOnce);
      for (const run of await Promise.all(some.map((known) => checkStored(hub, known)))) {
        if (run.status === 'interrupted') interrupted.push(run);
        else ended += 1;
      }
    }
    expect(interrupted.length).toBeGreaterThanOrEqual(crashes);
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
