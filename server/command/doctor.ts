import { findLockHolder } from '#server/platform/embedded/data-folder-lock.ts';
import { type HubEnvironment, readEnvironment } from '#server/platform/env.ts';
import { openUnchanged } from '#server/platform/open-database.ts';
import { checkDataFolder } from './check-data-folder.ts';
import { checkDatabase } from './check-database.ts';
import { checkDisk, checkNode, checkPort } from './check-machine.ts';
import { checkModels } from './check-models.ts';
import type { CommandContext } from './command-context.ts';
import { type Finding, fine, note, wrong } from './finding.ts';
import { toDatabaseSettings } from './with-hub-data.ts';

const marks = { fine: 'ok   ', note: 'note ', wrong: 'WRONG' };

/** Looks at everything that a hub needs, changes nothing, and prints what it sees; false when something is wrong. */
export async function runDoctor(context: CommandContext): Promise<boolean> {
  const findings: Finding[] = [];
  const report = (found: Finding[]) => {
    for (const { state, subject, detail, advice } of found) {
      context.print(`${marks[state]}  ${subject}: ${detail}`);
      if (advice !== undefined) context.print(`       ${advice}`);
    }
    findings.push(...found);
  };
  report([checkNode(process.versions.node)]);
  const environment = read(context.variables);
  if ('state' in environment) {
    report([environment]);
    return false;
  }
  report([fine('Environment', 'every variable can be read'), await checkDisk(environment.dataFolder)]);
  const holder = findLockHolder(environment.dataFolder);
  report(await checkDataFolder(environment.dataFolder, holder));
  report([holder === null ? await checkPort(environment) : fine('Port', 'not checked, because the hub is running')]);
  report(await checkStored(context, environment));
  const count = findings.filter(({ state }) => state === 'wrong').length;
  context.print(count === 0 ? 'Nothing is wrong.' : `${count} ${count === 1 ? 'thing is' : 'things are'} wrong.`);
  return count === 0;
}

function read(variables: NodeJS.ProcessEnv): HubEnvironment | Finding {
  try {
    return readEnvironment(variables);
  } catch (error) {
    return wrong('Environment', error instanceof Error ? error.message : String(error), 'Set them as the README says.');
  }
}

async function checkStored(context: CommandContext, environment: HubEnvironment): Promise<Finding[]> {
  const settings = toDatabaseSettings(context, environment);
  try {
    const database = await openUnchanged(settings);
    if (database === null) return [note('Database', 'is not there yet; the first start makes it.')];
    try {
      const { findings, isCurrent } = await checkDatabase(database, settings.migrations);
      return isCurrent ? [...findings, ...(await checkModels({ database, environment }))] : findings;
    } finally {
      await database.close();
    }
  } catch (error) {
    const advice =
      environment.databaseUrl === undefined
        ? 'Restore a backup with "restore", or set HUB_DATA_DIR to another folder.'
        : 'Check DATABASE_URL, and that the server runs.';
    return [wrong('Database', error instanceof Error ? error.message : String(error), advice)];
  }
}
