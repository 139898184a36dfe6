import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import closeWithGrace from 'close-with-grace';
import { buildApp } from './app.ts';
import { compose } from './compose.ts';
import { createLogger } from './platform/logger.ts';
import { readEnvironment } from './platform/env.ts';
import { readMigrations } from './platform/migrate.ts';
import { openDatabase } from './platform/open-database.ts';

const startedAt = Date.now();
const root = join(import.meta.dirname, '../..');
const say = (line: string) => process.stdout.write(`${line}\n`);
const graceMs = 5000;

/** Starts the hub: environment, database, services, app; listens; closes gracefully. */
async function start() {
  const environment = readEnvironment();
  const logger = createLogger(environment.logLevel);
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };

  if (environment.databaseUrl === undefined) say(`Opening the database in ${environment.dataFolder}`);
  else say('Connecting to the database at DATABASE_URL');
  const database = await openDatabase({
    databaseUrl: environment.databaseUrl,
    dataFolder: environment.dataFolder,
    migrations: readMigrations(join(root, 'prisma/migrations')),
    workerFile: new URL('./database-worker.js', import.meta.url),
    say,
  });
  const local = `http://${environment.host.includes(':') ? `[${environment.host}]` : environment.host}:${environment.port}`;
  const services = compose({
    environment,
    database,
    baseUrl: environment.publicUrl ?? local,
    agentsFolder: join(root, 'agents'),
    chartWorkerFile: new URL('./chart-worker.js', import.meta.url),
    logError: (error, message) => logger.error({ err: error }, message),
  });
  for (const warning of services.secrets.warnings) logger.warn(warning);

  const app = await buildApp({
    services,
    logger,
    rateLimit: { enabled: environment.rateLimit },
    trustProxy: environment.trustProxy,
    publicUrl: environment.publicUrl,
    version,
    webFolder: join(root, 'dist/web'),
    isReady: () =>
      database.pool.query('SELECT 1').then(
        () => ({ ready: true as const }),
        () => ({ ready: false as const, reason: 'The database does not answer.' }),
      ),
  });
  const interrupted = await services.runs.markInterrupted();
  if (interrupted > 0)
    say(`${interrupted} runs were cut off when the hub last stopped; they are marked as interrupted.`);
  await services.agents.installShippedAgents();
  const setupToken = await services.accounts.openSetup();

  closeWithGrace({ delay: graceMs * 3 }, async ({ signal, err }) => {
    if (err !== undefined) logger.fatal({ err }, 'the hub stops after a failure');
    else say(`Stopping (${signal ?? 'asked to'})`);
    const closing = app.close();
    await services.close({ graceMs });
    await closing;
    await database.close();
  });

  const address = await app.listen({ host: environment.host, port: environment.port });
  const page = environment.publicUrl ?? address;
  say(`Atrium ${version} is ready at ${page} (${((Date.now() - startedAt) / 1000).toFixed(1)} s)`);
  if (setupToken !== null) say(`Make the first administrator, once: ${page}/set-up?token=${setupToken}`);
}

start().catch((error: unknown) => {
  process.stderr.write(`The hub cannot start. ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
