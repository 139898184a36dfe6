import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Run } from '#server/contract/run.ts';
import { type ChildHub, createHubPlace, type HubPlace, startChildHub } from '#test/support/child-hub.ts';
import { createScriptedModel, type ScriptedModel } from '#test/support/scripted-model/create-scripted-model.ts';

let model: ScriptedModel;
let place: HubPlace;
const start = () =>
  startChildHub(place, { OPENAI_BASE_URL: `${model.url}/v1`, OPENAI_API_KEY: 'none', OPENAI_API: 'responses' });
const read = (hub: ChildHub, run: string) => hub.request<Run>('GET', `/api/runs/${run}`);

async function untilEnded(hub: ChildHub, run: string): Promise<Run> {
  for (;;) {
    const found = await read(hub, run);
    if (found.endedAt !== null) return found;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

beforeAll(async () => {
  model = await createScriptedModel({ models: ['gpt-5.4'] });
  place = await createHubPlace();
}, 120_000);
afterAll(async () => {
  await model.close();
  place.remove();
});

describe('a run that waits for a person', () => {
  test('survives a kill and a stop, goes on where it was, and repeats nothing', async () => {
    let hub = await start();
    const definition = {
      model: { wishes: ['openai/gpt-5.4'] },
      tools: [{ id: 'calculator', approval: 'always' }, { id: 'time' }, { id: 'ask-form' }],
    };
    const { handle } = await hub.request<{ handle: string }>('POST', '/api/agents', { name: 'Wait', definition });
    const begin = () => hub.request<Run>('POST', `/api/agents/${handle}/runs`, { input: 'Go' });
    const form = { title: 'You', fields: [{ type: 'text', name: 'name', label: 'Name' }] };
    model.script({
      reasoning: 'I must ask.',
      text: 'Shall I? ',
      toolCalls: [
        { id: 'now', name: 'time', arguments: { action: 'now' } },
        { id: 'sum', name: 'calculator', arguments: { expression: '20 + 1' } },
      ],
    });
    const approving = await begin();
    model.script({ toolCalls: [{ id: 'form', name: 'ask-form', arguments: form }] });
    const asking = await begin();
    expect([approving.status, asking.status]).toEqual(['waiting', 'waiting']);
    await hub.close();

    hub = await start();
    expect(await read(hub, approving.id)).toEqual(approving);
    model.script({ text: 'It is 21.' });
    const approval = approving.waitsFor[0]?.id ?? '';
    await hub.request('POST', `/api/runs/${approving.id}/approvals/${approval}`, { decision: 'approve' });
    const approved = await untilEnded(hub, approving.id);
    expect(approved).toMatchObject({ status: 'completed', output: 'Shall I? It is 21.' });
    // It gets its sealed reasoning back in another process, before the calls that it led to.
    const sent = model.requests.at(-1)?.body['input'] as {
      type?: string;
      phase?: string;
      encrypted_content?: string;
    }[];
    expect(sent.slice(2, 5)).toMatchObject([
      { type: 'reasoning', encrypted_content: expect.any(String) as string },
      { phase: 'commentary' },
      { type: 'function_call' },
    ]);
    const timeOf = ({ steps }: Run) => steps.filter((step) => step.kind === 'tool' && step.tool === 'time');
    expect(timeOf(approved)).toEqual(timeOf(approving));
    expect(timeOf(approved)).toHaveLength(1);
    const stoppedAt = Date.now();
    hub.child.kill('SIGTERM');
    expect(await hub.ended, hub.printed()).toBe(0);
    expect(Date.now() - stoppedAt).toBeLessThan(5000);

    hub = await start();
    expect(await read(hub, asking.id)).toEqual(asking);
    model.script({ text: 'Hello Bo.' });
    await hub.request('POST', `/api/runs/${asking.id}/forms/${asking.waitsFor[0]?.id}`, { values: { name: 'Bo' } });
    expect(await untilEnded(hub, asking.id)).toMatchObject({ status: 'completed', output: 'Hello Bo.' });
    expect(hub.printed()).not.toContain('cut off');
    await hub.close();
    model.assertUsedUp();
  }, 120_000);
});
