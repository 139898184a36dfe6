import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'vite';
import { openDatabase } from '#server/platform/open-database.ts';
import { migrations, preparedFolder, workerSources } from './prepared-folder.ts';

/** Vitest's global set-up: builds the hub's threads and one migrated database, unless they are there already. */
export default async function prepareDatabase() {
  if (existsSync(preparedFolder)) return;
  const unfinished = `${preparedFolder}.making-${process.pid}`;
  await build({
    configFile: false,
    logLevel: 'error',
    build: { ssr: true, outDir: unfinished, target: 'node20', rolldownOptions: { input: workerSources } },
  });
  const dataFolder = join(unfinished, 'data');
  const workerFile = pathToFileURL(join(unfinished, 'database-worker.js'));
  const database = await openDatabase({ dataFolder, migrations, workerFile });
  await database.close();
  renameSync(join(dataFolder, 'database'), join(unfinished, 'template'));
  rmSync(dataFolder, { recursive: true, force: true });
  if (existsSync(preparedFolder)) rmSync(unfinished, { recursive: true, force: true });
  else renameSync(unfinished, preparedFolder);
}
