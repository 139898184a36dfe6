import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Eval, EvalCheck, EvalRun } from '#server/contract/eval.ts';
import { readPackage } from '#server/features/agents/package-format.ts';
import { readPackageFolder } from '#server/features/agents/shipped-packages.ts';
import { ask } from '#test/support/agent-requests.ts';
import { runTests } from '#test/support/agent-tests.ts';
import { buildTestApp, type TestApp, type TestPerson } from '#test/support/build-test-app.ts';
import { createTestDatabase } from '#test/support/test-database.ts';
import { runHubCommand } from '#test/support/run-hub-command.ts';
import { createScriptedModel, type ScriptedModel } from '#test/support/scripted-model/create-scripted-model.ts';
import { anvilProgram, layDevnet } from '#test/support/seeded-devnet.ts';
import type { SeenRequest, SpokenReply } from '#test/support/scripted-model/reply.ts';

const agentsFolder = join(import.meta.dirname, '../../agents');
const slugs = readdirSync(agentsFolder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name);

function readEvals(slug: string): Eval[] {
  const outcome = readPackage(readPackageFolder(join(agentsFolder, slug)));
  return 'read' in outcome ? outcome.read.tests.evals : [];
}
const withNeeds = (needs: (needs: Eval['needs']) => boolean) =>
  slugs.filter((slug) => readEvals(slug).some((one) => needs(one.needs)));

let hub: TestApp;
let ada: TestPerson;

/** A copy of a shipped agent, as a creator makes it, tests included. */
async function copy(slug: string): Promise<string> {
  const { body } = await ask(ada, { method: 'POST', url: `/api/agents/${slug}/duplicate`, payload: {} });
  return body.id;
}

const outcomes = (run: EvalRun, needs: (needs: Eval['needs']) => boolean) =>
  run.results
    .filter(({ row }) => needs(run.tests[row]?.test.needs ?? []))
    .map(({ row, status, checks, error }) => ({ name: run.tests[row]?.test.name, status, checks, error }));

describe('with the offline planner', () => {
  const canBeMet = (need: string) => need === 'devnet' && anvilProgram !== null;
  const needsNothing = (needs: Eval['needs']) => needs.every(canBeMet);

  beforeAll(async () => {
    hub = await buildTestApp({ agentsFolder, openDatabase: createTestDatabase });
    ada = await hub.createPerson();
    if (anvilProgram !== null) await layDevnet(hub.dataFolder);
    await hub.services.agents.installShippedAgents();
  }, 600_000);
  afterAll(() => hub.close());

  it.each(withNeeds(needsNothing))(
    '%s passes every test that needs nothing from outside but the hub’s own chain',
    async (slug) => {
      const run = await runTests(ada, await copy(slug));
      const found = outcomes(run, needsNothing);
      expect(found.length).toBeGreaterThan(0);
      expect(found.filter(({ status }) => status !== 'passed')).toEqual([]);
    },
    120_000,
  );

  it('those that need a model are skipped, never passed', async () => {
    const run = await runTests(ada, await copy('translator'));
    expect(run.counts).toEqual([{ passed: 0, failed: 0, skipped: run.tests.length }]);
  });

  it('the command line runs a shipped package beside the hub, shows a table, and leaves nothing behind', async () => {
    const variables = { HUB_DATA_DIR: hub.dataFolder };
    const before = await hub.services.database.prisma.agent.count();
    const { status, printed } = await runHubCommand(['test', 'counting-desk'], variables);
    expect(status).toBe(0);
    expect(printed[0]).toMatch(/^Test +draft$/);
    expect(printed).toContainEqual(expect.stringMatching(/^Decimals are exact +pass \d/));
    expect(printed.at(-1)).toBe('draft: 4 passed, 0 failed, 0 skipped');
    expect(await hub.services.database.prisma.agent.count()).toBe(before);
  });

  it('the command line fails when no test passes, and says why', async () => {
    const variables = { HUB_DATA_DIR: hub.dataFolder };
    const { status, printed } = await runHubCommand(['test', join(agentsFolder, 'translator')], variables);
    expect(status).toBe(1);
    expect(printed).toContain('  it needs a language model');
    const unknown = await runHubCommand(['test', 'nowhere'], variables);
    expect([unknown.status, unknown.said.join(' ')]).toEqual([1, expect.stringContaining('nowhere')]);
  });
});

describe('with a scripted model', () => {
  let model: ScriptedModel;
  const needsModel = (needs: Eval['needs']) => needs.includes('model') && needs.every((need) => need === 'model');

  beforeAll(async () => {
    model = await createScriptedModel({ models: ['test-model'] });
    hub = await buildTestApp({
      agentsFolder,
      variables: { OPENAI_BASE_URL: `${model.url}/v1`, OPENAI_API_KEY: 'sk-test' },
    });
    ada = await hub.createPerson();
    await hub.services.agents.installShippedAgents();
  });
  afterAll(async () => {
    await hub.close();
    await model.close();
  });

  it.each(withNeeds(needsModel))('%s is asked every question, and every check of its tests decides', async (slug) => {
    const agent = await copy(slug);
    const evals = readEvals(slug);
    const all = slugs.flatMap(readEvals);
    const isAsked = ({ input, messages }: Eval, body: string) =>
      body.includes(JSON.stringify(input ?? messages?.at(-1)?.content).slice(1, -1));
    const reply = ({ body }: SeenRequest): SpokenReply => {
      const asked = all.find((one) => isAsked(one, JSON.stringify(body)));
      return { text: asked === undefined ? 'I was asked something else.' : toAnswer(asked.expect) };
    };
    // An agent that promises JSON asks again; what is left over answers the next agent's questions as well.
    model.script(...evals.flatMap(() => [reply, reply]));
    const run = await runTests(ada, agent);
    for (const { row, checks, error } of run.results.filter((result) =>
      needsModel(run.tests[result.row]?.test.needs ?? []),
    )) {
      const expected = run.tests[row]?.test.expect ?? [];
      if (error?.code === 'output_invalid') continue;
      expect([error, checks.length]).toEqual([null, expected.length]);
      expected.forEach((check, place) => {
        const outcome = checks[place]?.outcome;
        if (check.kind === 'contains' || check.kind === 'number') expect(outcome).toBe('passed');
        if (check.kind === 'calls') expect(outcome).toBe('failed');
        expect(['passed', 'failed']).toContain(outcome);
      });
    }
  });
});

/** What meets the checks that a text without tools can meet. */
function toAnswer(expected: EvalCheck[]): string {
  const texts = expected.flatMap((check) =>
    check.kind === 'contains' ? [check.anyOf[0] ?? ''] : check.kind === 'number' ? [String(check.value)] : [],
  );
  return ['Answer:', ...texts].join('\n');
}
