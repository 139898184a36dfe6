import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'vite';
import { openDatabase } from '#server/platform/open-database.ts';
import { copyBuiltServer } from './copy-built-server.ts';
import { makeOnce } from './make-once.ts';
import { migrations, preparedFolder, workerSources } from './prepared-folder.ts';

/** Vitest's global set-up: the hub's threads as they are built, and one migrated database, unless they are there already. */
export default async function prepareDatabase() {
  mkdirSync(dirname(preparedFolder), { recursive: true });
  await makeOnce(preparedFolder, async (unfinished) => {
    if (!copyBuiltServer(unfinished)) await buildThreads(unfinished);
    const dataFolder = join(unfinished, 'data');
    const workerFile = pathToFileURL(join(unfinished, 'database-worker.js'));
    const database = await openDatabase({ dataFolder, migrations, workerFile });
    await database.close();
    renameSync(join(dataFolder, 'database'), join(unfinished, 'template'));
    rmSync(dataFolder, { recursive: true, force: true });
  });
}

async function buildThreads(folder: string) {
  await build({
    configFile: false,
    logLevel: 'error',
    build: { ssr: true, outDir: folder, target: 'node20', rolldownOptions: { input: workerSources } },
  });
}
