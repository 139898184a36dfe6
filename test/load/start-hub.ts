import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { request } from 'undici';
import { readStartCommand } from '#test/support/read-start-command.ts';
import { type BenchProcess, stopProcess } from './start-process.ts';

const run = promisify(execFile);
/** The administrator of a bench's hub. */
export const benchPerson = { email: 'bench@example.org', password: 'only for the bench' };

export type BenchHub = BenchProcess & { key: string; agent: string; dataFolder: string; remove: () => void };

/** The environment of a hub of the bench, and where it will listen; without an upstream the offline planner answers. */
export async function hubVariables(upstream: string | null, dataFolder: string) {
  const port = await findPort();
  const variables = {
    ...process.env,
    PORT: String(port),
    HUB_DATA_DIR: dataFolder,
    HUB_RATE_LIMIT: 'off',
    HUB_LOCAL_MODELS: 'off',
    HUB_TITLES: 'words',
    HUB_LOG: 'error',
    ...(upstream !== null && { OPENAI_BASE_URL: `${upstream}/v1`, OPENAI_API_KEY: 'none' }),
  };
  return { variables, url: `http://127.0.0.1:${port}` };
}

/** Starts the built hub on a fresh folder, which may be prepared before, with a key and an agent for the bench. */
export async function startHub(
  root: string,
  upstream: string | null,
  {
    prepare,
    variables: more = {},
  }: { prepare?: ((dataFolder: string) => Promise<unknown>) | undefined; variables?: Record<string, string> } = {},
): Promise<BenchHub> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'atrium-bench-'));
  await prepare?.(dataFolder);
  const { variables, url } = await hubVariables(upstream, dataFolder);
  const launch = join(root, 'server/start/launch.mjs');
  const child = spawn(process.execPath, readStartCommand(root), {
    cwd: root,
    env: { ...variables, ...more },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  await waitUntilReady(url);
  const hub = (parameters: string[]) => run(process.execPath, [launch, 'hub', ...parameters], { env: variables });
  const { email, password } = benchPerson;
  await hub(['user', 'create', '--email', email, '--password', password, '--role', 'administrator']);
  const scopes = 'agents:read,agents:write,runs:write,conversations:read';
  const made = await hub(['key', 'create', '--user', email, '--name', 'bench', '--scopes', scopes]);
  const key = made.stdout.trim();
  const agent = await createAgent(url, key);
  const remove = () => rmSync(dataFolder, { recursive: true, force: true });
  return { url, child, key, agent, dataFolder, stop: () => stopProcess(child), remove };
}

async function createAgent(url: string, key: string): Promise<string> {
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
  const made = await request(`${url}/api/agents`, {
    method: 'POST',
    headers,
    body: JSON.stringify({
      name: 'Bench',
      definition: { model: { wishes: ['openai/bench'] }, instructions: 'Answer.' },
    }),
  });
  const { handle } = (await made.body.json()) as { handle: string };
  const published = await request(`${url}/api/agents/${handle}/publish`, {
    method: 'POST',
    headers,
    body: '{"note":""}',
  });
  await published.body.dump();
  if (published.statusCode !== 200) throw new Error(`The agent could not be published (${published.statusCode}).`);
  return handle;
}

/** Asks until the hub says that it is ready. */
export async function waitUntilReady(url: string) {
  for (let attempt = 0; attempt < 3000; attempt += 1) {
    const ready = await request(`${url}/health/ready`).then(
      async ({ statusCode, body }) => {
        await body.dump();
        return statusCode === 200;
      },
      () => false,
    );
    if (ready) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error('The hub did not become ready.');
}

function findPort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
