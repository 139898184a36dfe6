import { join } from 'node:path';
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify';
import { buildApp, type AppSettings } from '#server/app.ts';
import { compose, type Services } from '#server/compose.ts';
import type { HubSettings } from '#server/hub-settings.ts';
import type { CreatedApiKey, Scope } from '#server/contract/api-key.ts';
import type { Role } from '#server/contract/account.ts';
import type { Actor } from '#server/contract/actor.ts';
import { readEnvironment } from '#server/platform/env.ts';
import { passwordsOnce } from './passwords-once.ts';
import { workersFolder } from './prepared-folder.ts';
import { borrowTestDatabase } from './borrow-test-database.ts';
import type { TestDatabase } from './test-database.ts';

const root = join(import.meta.dirname, '../..');

/** A person of a test hub: their actor, and requests as them through their session cookie. */
export type TestPerson = {
  actor: Actor;
  email: string;
  password: string;
  cookie: string;
  inject: (options: InjectOptions) => Promise<LightMyRequestResponse>;
  createKey: (scopes: Scope[], agents?: string[]) => Promise<CreatedApiKey>;
};

export type TestApp = {
  app: FastifyInstance;
  services: Services;
  dataFolder: string;
  /** A person who is signed in; the first call's default role is administrator, then creator. */
  createPerson: (options?: { role?: Role; name?: string }) => Promise<TestPerson>;
  /** Requests with a key. */
  injectWithKey: (key: string, options: InjectOptions) => Promise<LightMyRequestResponse>;
  /** Listens on a free port of loopback and gives the address. */
  listen: () => Promise<string>;
  /** The failures that the hub had of its own, which would fail the test at the end. */
  takeFailures: () => Error[];
  close: () => Promise<void>;
};

/**
 * The real hub on a fresh database, without a model key: agents use the offline planner unless a test connects a model.
 *
 * @param variables - environment variables, such as `OPENAI_BASE_URL` of a scripted model
 */
export async function buildTestApp({
  variables = {},
  rateLimit = { enabled: false },
  now,
  agentsFolder = join(root, 'test/support/no-agents'),
  openDatabase = borrowTestDatabase,
  storePatienceMs,
  documentLimits,
  sqlLimits,
  connections,
}: {
  variables?: NodeJS.ProcessEnv;
  rateLimit?: AppSettings['rateLimit'];
  now?: () => Date;
  agentsFolder?: string;
  openDatabase?: () => Promise<TestDatabase>;
  storePatienceMs?: number;
  documentLimits?: HubSettings['documentLimits'];
  sqlLimits?: HubSettings['sqlLimits'];
  connections?: AppSettings['connections'];
} = {}): Promise<TestApp> {
  const { database, dataFolder, close } = await openDatabase();
  const environment = readEnvironment({
    HUB_DATA_DIR: dataFolder,
    HUB_LOCAL_MODELS: 'off',
    HUB_TITLES: 'words',
    ...variables,
  });
  const failures: Error[] = [];
  const services = compose({
    environment,
    database,
    baseUrl: 'http://localhost:3000',
    version: '0.0.0-test',
    agentsFolder,
    workersFolder,
    logError: (error, message) => failures.push(new Error(message, { cause: error })),
    storePatienceMs,
    documentLimits,
    sqlLimits,
    passwords: passwordsOnce,
    ...(now === undefined ? {} : { now }),
  });
  const app = await buildApp({
    services,
    logger: false,
    rateLimit,
    connections,
    trustedProxies: 0,
    version: '0.0.0-test',
    // The API alone: whether the page is built yet must not decide how long a hub takes to start.
    webFolder: join(root, 'test/support/no-page'),
  });
  let people = 0;

  async function createPerson({ role, name }: { role?: Role; name?: string } = {}): Promise<TestPerson> {
    people += 1;
    const email = `person-${people}@example.org`;
    const password = `long enough ${people}`;
    const person = await services.accounts.createPerson({
      email,
      password,
      name: name ?? `Person ${people}`,
      role: role ?? (people === 1 ? 'administrator' : 'creator'),
    });
    const signedIn = await app.inject({ method: 'POST', url: '/api/session', payload: { email, password } });
    const setCookie = [signedIn.headers['set-cookie'] ?? []].flat();
    const cookie = setCookie.map((line) => line.split(';', 1)[0]).join('; ');
    const inject = (options: InjectOptions) =>
      app.inject({
        ...options,
        headers: { cookie, origin: 'http://localhost:80', host: 'localhost:80', ...options.headers },
      });
    return {
      actor: { userId: person.id, name: person.name, role: person.role, key: null },
      email,
      password,
      cookie,
      inject,
      createKey: async (scopes, agents = []) => {
        const made = await inject({ method: 'POST', url: '/api/keys', payload: { name: 'Test', scopes, agents } });
        return made.json<CreatedApiKey>();
      },
    };
  }

  return {
    app,
    services,
    dataFolder,
    createPerson,
    injectWithKey: (key, options) =>
      app.inject({ ...options, headers: { authorization: `Bearer ${key}`, ...options.headers } }),
    listen: () => app.listen({ host: '127.0.0.1', port: 0 }),
    takeFailures: () => failures.splice(0),
    close: async () => {
      await app.close();
      await services.close({ graceMs: 1000 });
      await close();
      if (failures.length > 0) throw new AggregateError(failures, 'the hub had failures of its own');
    },
  };
}
