import { readFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { join } from 'node:path';
import closeWithGrace from 'close-with-grace';
import { buildApp } from './app.ts';
import { compose } from './compose.ts';
import type { EmbeddedDatabase } from './platform/embedded/open-embedded-database.ts';
import { readEnvironment } from './platform/env.ts';
import { createLogger } from './platform/logger.ts';
import { readMigrations } from './platform/migrate.ts';
import { releaseMemoryAtRest } from './platform/release-memory.ts';
import { startDatabase } from './platform/open-database.ts';
import { sayWhyNotListening } from './platform/find-port-trouble.ts';

const graceMs = 5000;
const say = (line: string) => process.stdout.write(`${line}\n`);

/**
 * Runs the hub until it is told to stop: wires it while the database opens, listens, and closes gracefully.
 *
 * @throws {Error} with what to do, when it cannot start
 */
export async function runHub({
  embedded,
  root,
  workersFolder,
}: {
  /** The embedded database, which is being opened already. */
  embedded: Promise<EmbeddedDatabase> | undefined;
  /** The project's folder. */
  root: string;
  /** Where the build put the workers. */
  workersFolder: URL;
}) {
  // A terminal that is gone must not cut a stop short.
  for (const output of [process.stdout, process.stderr]) output.on('error', () => {});
  const environment = readEnvironment();
  const { host, port, publicUrl, databaseUrl, dataFolder } = environment;
  const logger = createLogger(environment.logLevel);
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  say(
    databaseUrl === undefined ? `Opening the database in ${dataFolder}` : 'Connecting to the database at DATABASE_URL',
  );
  const migrations = readMigrations(join(root, 'prisma/migrations'));
  const workerFile = new URL('database-worker.js', workersFolder);
  const { database, ready } = startDatabase({ databaseUrl, dataFolder, migrations, workerFile, say }, embedded);

  const services = compose({
    environment,
    database,
    baseUrl: publicUrl ?? `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    version,
    agentsFolder: join(root, 'agents'),
    workersFolder,
    logError: (error, message) => logger.error({ err: error }, message),
  });
  for (const warning of services.secrets.warnings) logger.warn(warning);
  const [app] = await Promise.all([
    buildApp({
      services,
      logger,
      rateLimit: { enabled: environment.rateLimit },
      trustedProxies: environment.trustedProxies,
      publicUrl,
      version,
      webFolder: join(root, 'dist/web'),
    }),
    ready,
  ]);
  // Not before: migrations may take their time.
  (await embedded)?.watch((error, message) => logger.error({ err: error }, message));
  const shipped = await services.agents.installShippedAgents();
  for (const problem of shipped.problems) logger.warn(problem);

  closeWithGrace({ delay: graceMs * 3 }, async ({ signal, err }) => {
    if (err !== undefined) logger.fatal({ err }, 'the hub stops after a failure');
    else say(`Stopping (${signal ?? 'asked to'})`);
    const closing = app.close();
    await services.close({ graceMs });
    // A browser's preconnect never sends a request, and closing would wait for it.
    app.server.closeAllConnections();
    // Every run is stored. A connection that its client keeps open, or does not read, must not hold the stop up.
    const sweep = setInterval(() => app.server.closeIdleConnections(), 50);
    const cut = setTimeout(() => app.server.closeAllConnections(), 1000);
    await closing;
    clearInterval(sweep);
    clearTimeout(cut);
    await database.close();
  });

  const address = await app.listen({ host, port }).catch((error: NodeJS.ErrnoException) => {
    throw new Error(sayWhyNotListening(`${host}:${port}`, error).join(' '), { cause: error });
  });
  const page = publicUrl ?? address;
  say(`Atrium ${version} is ready at ${page} (${process.uptime().toFixed(1)} s)`);
  // Nothing that comes in needs these, and a start is long enough.
  const setupToken = await services.accounts.openSetup();
  void services.accounts.warmUp();
  void services.jobs.start();
  const isAsked = watchRequests(app.server);
  releaseMemoryAtRest({ isBusy: () => isAsked() || services.runs.countActive() > 0 });
  if (setupToken !== null) say(`Make the first administrator, once: ${page}/set-up?token=${setupToken}`);
  const interrupted = await services.instance.begin();
  services.triggers.start();
  services.indexes.start();
  services.alerts.start();
  if (interrupted > 0)
    say(`${interrupted} runs were cut off when the hub last stopped; they are marked as interrupted.`);
}

/** Whether more was asked since the last look than what watches over a hub at rest asks. */
function watchRequests(server: Server): () => boolean {
  const fewRequests = 20;
  let asked = 0;
  server.on('request', () => (asked += 1));
  return () => {
    const isMuch = asked > fewRequests;
    asked = 0;
    return isMuch;
  };
}
