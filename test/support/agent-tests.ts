import { setTimeout as wait } from 'node:timers/promises';
import type { Eval, EvalColumn, EvalRun, StoredEval } from '#server/contract/eval.ts';
import { ask } from './agent-requests.ts';
import type { TestPerson } from './build-test-app.ts';

type Asker = Pick<TestPerson, 'inject'>;
type Input = Pick<Eval, 'expect'> & Partial<Eval>;

/** A saved question that needs no model unless told. */
export const toTest = (expect: Eval['expect'], parts: Partial<Eval> = {}): Input => ({
  name: 'A question',
  needs: [],
  ...(parts.messages === undefined ? { input: 'What is 2 + 2?' } : {}),
  ...parts,
  expect,
});

export async function addTest(person: Asker, agent: string, payload: object): Promise<StoredEval> {
  const { status, body } = await ask<StoredEval>(person, {
    method: 'POST',
    url: `/api/agents/${agent}/tests`,
    payload,
  });
  if (status !== 201) throw new Error(JSON.stringify(body));
  return body;
}

export const startTests = (person: Asker, agent: string, payload: { tests?: string[]; columns?: EvalColumn[] } = {}) =>
  ask<EvalRun>(person, { method: 'POST', url: `/api/agents/${agent}/test-runs`, payload });

/** Runs the tests of an agent, or some of them, and answers how they ended. */
export async function runTests(person: Asker, agent: string, payload: Parameters<typeof startTests>[2] = {}) {
  const { status, body } = await startTests(person, agent, payload);
  if (status !== 201) throw new Error(JSON.stringify(body));
  return waitForTests(person, agent, body.id);
}

export async function waitForTests(person: Asker, agent: string, run: string): Promise<EvalRun> {
  for (;;) {
    const { body } = await ask<EvalRun>(person, { url: `/api/agents/${agent}/test-runs/${run}` });
    if (body.status !== 'running') return body;
    await wait(20);
  }
}
