import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { request } from 'undici';
import { type BenchProcess, stopProcess } from './start-process.ts';

const run = promisify(execFile);
const email = 'bench@example.org';

export type BenchHub = BenchProcess & { key: string; agent: string; readyMs: number; dataFolder: string };

/** Starts the built hub on a folder (a fresh one when none is named), with a key and an agent for the bench. */
export async function startHub(
  root: string,
  upstream: string,
  known?: { dataFolder: string; key: string; agent: string },
): Promise<BenchHub> {
  const dataFolder = known?.dataFolder ?? mkdtempSync(join(tmpdir(), 'atrium-bench-'));
  const port = await findPort();
  const url = `http://127.0.0.1:${port}`;
  const variables = {
    ...process.env,
    PORT: String(port),
    HUB_DATA_DIR: dataFolder,
    HUB_RATE_LIMIT: 'off',
    HUB_LOCAL_MODELS: 'off',
    HUB_LOG: 'error',
    OPENAI_BASE_URL: `${upstream}/v1`,
    OPENAI_API_KEY: 'none',
    NODE_ENV: 'production',
  };
  const startedAt = performance.now();
  const child = spawn(process.execPath, [join(root, 'server/start/launch.mjs'), 'main'], {
    env: variables,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  await waitUntilReady(url);
  const readyMs = performance.now() - startedAt;
  const stop = () => stopProcess(child);
  if (known !== undefined) return { ...known, url, child, readyMs, stop };
  const hub = (parameters: string[]) =>
    run(process.execPath, [join(root, 'server/start/launch.mjs'), 'hub', ...parameters], { env: variables });
  await hub(['user', 'create', '--email', email, '--password', 'only for the bench', '--role', 'administrator']);
  const made = await hub([
    'key',
    'create',
    '--user',
    email,
    '--name',
    'bench',
    '--scopes',
    'agents:read,agents:write,runs:write,conversations:read',
  ]);
  const key = made.stdout.trim();
  const agent = await createAgent(url, key);
  return {
    url,
    child,
    key,
    agent,
    readyMs,
    dataFolder,
    stop: async () => {
      await stop();
      rmSync(dataFolder, { recursive: true, force: true });
    },
  };
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

async function waitUntilReady(url: string) {
  for (let attempt = 0; attempt < 1200; attempt += 1) {
    const ready = await request(`${url}/health/ready`).then(
      async ({ statusCode, body }) => {
        await body.dump();
        return statusCode === 200;
      },
      () => false,
    );
    if (ready) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
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
