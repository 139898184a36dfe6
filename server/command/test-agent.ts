import { existsSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { compose, type Services } from '#server/compose.ts';
import type { Actor } from '#server/contract/actor.ts';
import type { EvalColumn, EvalRun } from '#server/contract/eval.ts';
import { toActor } from '#server/features/accounts/account-service.ts';
import { readPackageFolder } from '#server/features/agents/shipped-packages.ts';
import { writePackageZip } from '#server/features/agents/write-package-zip.ts';
import type { CommandContext } from './command-context.ts';
import { describeTests } from './describe-tests.ts';
import { toPageUrl } from './open-people.ts';
import { withHubData } from './with-hub-data.ts';

type Options = { target: string; models: string[]; user?: string };

const graceMs = 5000;

/**
 * Runs the tests of an agent, or of a package that lies in a folder, and prints how each went; false when one failed or
 * none passed. A package becomes an agent of the person for as long as it is tested.
 */
export async function testAgent(context: CommandContext, { target, models, user }: Options): Promise<boolean> {
  return withHubData(context, async ({ database, environment }) => {
    const agentsFolder = join(context.root, 'agents');
    const services = compose({
      environment,
      database,
      baseUrl: toPageUrl(environment),
      version: 'command',
      agentsFolder,
      workersFolder: new URL('.', context.workerFile),
      logError: (error, message) =>
        context.say(`${message}: ${error instanceof Error ? error.message : String(error)}`),
    });
    // Other processes on a server must not take the runs for those of a hub that is gone.
    if (database.kind === 'server') await services.instance.begin();
    try {
      const actor = await findActor(services, user);
      const folder = findPackage(target, agentsFolder);
      const columns: EvalColumn[] =
        models.length === 0 ? [{ kind: 'draft' }] : models.map((model) => ({ kind: 'model', model }));
      const run = await (folder === null
        ? runTests(services, actor, { agent: target, columns })
        : testPackage(services, actor, { folder, columns }));
      for (const line of describeTests(run)) context.print(line);
      const count = (outcome: 'passed' | 'failed') => run.counts.reduce((sum, counts) => sum + counts[outcome], 0);
      return run.status === 'completed' && count('failed') === 0 && count('passed') > 0;
    } finally {
      await services.close({ graceMs });
    }
  });
}

async function findActor({ accounts }: Services, email: string | undefined): Promise<Actor> {
  const person =
    email === undefined ? await accounts.findFirstAdministrator() : await accounts.findPersonByEmail(email);
  if (person !== null) return toActor(person);
  throw new Error(
    email === undefined
      ? 'There is no administrator yet who could run tests. Add one with "user create".'
      : `There is no person with the address ${email}. Add them with "user create".`,
  );
}

/** A folder, or a package that came with the hub by its name; null for an agent of the hub. */
function findPackage(target: string, agentsFolder: string): string | null {
  const isPackage = (folder: string) => existsSync(join(folder, 'agent.yaml'));
  if (isPackage(resolve(target))) return resolve(target);
  const shipped = join(agentsFolder, target);
  return /^[a-z0-9-]+$/.test(target) && isPackage(shipped) ? shipped : null;
}

async function testPackage(
  services: Services,
  actor: Actor,
  { folder, columns }: { folder: string; columns: EvalColumn[] },
): Promise<EvalRun> {
  const zip = await writePackageZip(basename(folder), readPackageFolder(folder));
  const { id } = await services.agents.importPackage(actor, zip);
  try {
    return await runTests(services, actor, { agent: id, columns });
  } finally {
    await services.agents.deleteAgent(actor, id);
  }
}

/** Ctrl-C cancels the run and lets it end in order. */
async function runTests(
  { evals }: Services,
  actor: Actor,
  { agent, columns }: { agent: string; columns: EvalColumn[] },
): Promise<EvalRun> {
  const { run, finished } = await evals.startRun(actor, agent, { input: { columns }, language: 'en' });
  const cancel = () => void evals.cancelRun(actor, agent, run.id);
  process.once('SIGINT', cancel);
  try {
    await finished;
    return await evals.getRun(actor, agent, run.id);
  } finally {
    process.off('SIGINT', cancel);
  }
}
