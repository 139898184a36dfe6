import { expect } from 'vitest';
import type { HubAgent, HubAgentDetail } from '#server/contract/hub.ts';
import type { Page } from '#server/contract/page.ts';
import type { Problem } from '#server/contract/problem.ts';
import { ask, createAgent, publish } from './agent-requests.ts';
import type { TestPerson } from './build-test-app.ts';
import { startRun } from './run-engine.ts';

type Asker = Pick<TestPerson, 'inject'>;

/** An agent that stands on the hub, of the offline planner. */
export async function putOnHub(
  person: Asker,
  name: string,
  { identity = {}, access = {}, ...definition }: { identity?: object; access?: object } & Record<string, unknown> = {},
) {
  const whole = { ...definition, access: { visibility: 'hub', ...access } };
  const agent = await createAgent(person, { name, identity, definition: whole });
  expect((await publish(person, agent.id)).status).toBe(200);
  return agent;
}

export const listHub = (person: Asker, query = '') => ask<Page<HubAgent>>(person, { url: `/api/hub/agents${query}` });

export const namesOnHub = async (person: Asker, query = '') =>
  (await listHub(person, query)).body.items.map(({ name }) => name);

export const readHubAgent = (person: Asker, agent: string) =>
  ask<HubAgentDetail & Problem>(person, { url: `/api/hub/agents/${agent}` });

/** A run with an agent that ends well. */
export async function use(person: Asker, agent: string) {
  expect((await startRun(person, agent, { input: '2 + 2' })).run.status).toBe('completed');
}
