import { createHmac } from 'node:crypto';
import type { Page } from '#server/contract/page.ts';
import type { Delivery, Firing, HookAnswer, TriggerWithSecrets } from '#server/contract/trigger.ts';
import type { Problem } from '#server/contract/problem.ts';
import { ask } from './agent-requests.ts';
import type { TestApp, TestPerson } from './build-test-app.ts';

type Asker = Pick<TestPerson, 'inject'>;

export const postTrigger = (person: Asker, payload: object) =>
  ask<TriggerWithSecrets & Problem>(person, { method: 'POST', url: '/api/triggers', payload });

export async function createTrigger(person: Asker, payload: object): Promise<TriggerWithSecrets> {
  const { status, body } = await postTrigger(person, { name: 'Test trigger', message: 'Say hello', ...payload });
  if (status !== 201) throw new Error(JSON.stringify(body));
  return body;
}

export const patchTrigger = (person: Asker, id: string, payload: object) =>
  ask<TriggerWithSecrets & Problem>(person, { method: 'PATCH', url: `/api/triggers/${id}`, payload });

export const getTrigger = async (person: Asker, id: string) =>
  (await ask<TriggerWithSecrets & Problem>(person, { url: `/api/triggers/${id}` })).body;

export const listFirings = async (person: Asker, id: string) =>
  (await ask<Page<Firing>>(person, { url: `/api/triggers/${id}/firings?limit=100` })).body.items;

export const listDeliveries = async (person: Asker, id: string, query = '') =>
  (await ask<Page<Delivery>>(person, { url: `/api/triggers/${id}/deliveries${query}` })).body.items;

/** A signature of Standard Webhooks, made here from the standard's text and not with the hub's code. */
export function sign(secret: string, { id, timestamp, body }: { id: string; timestamp: string; body: string }): string {
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
}

/** Posts a webhook as a sender does, who has no session and no key. */
export async function postHook(
  hub: TestApp,
  trigger: string,
  { headers, body }: { headers: Record<string, string>; body: string },
) {
  const response = await hub.app.inject({
    method: 'POST',
    url: `/api/hooks/${trigger}`,
    headers: { 'content-type': 'application/json', ...headers },
    payload: body,
  });
  return { status: response.statusCode, body: response.json<HookAnswer & Problem>() };
}

let deliveries = 0;

export function signedHook(
  secret: string,
  payload: unknown,
  { now = new Date(), id = `msg_${(deliveries += 1)}` }: { now?: Date; id?: string } = {},
) {
  const body = typeof payload === 'string' ? payload : JSON.stringify(payload);
  const timestamp = String(Math.floor(now.getTime() / 1000));
  const signature = sign(secret, { id, timestamp, body });
  return { headers: { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature }, body };
}
