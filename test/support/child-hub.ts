import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Pool } from 'undici';
import { openDatabase } from '#server/platform/open-database.ts';
import { createAgent } from './agent-requests.ts';
import { buildTestApp, type TestApp } from './build-test-app.ts';
import { bundleHub } from './bundle-hub.ts';
import { copyDatabase, migrations, workerFile } from './prepared-folder.ts';

// As `npm start` sets them: else each start optimises the database's WebAssembly anew.
const engineFlags = new URL('../../server/start/set-engine-flags.mjs', import.meta.url).href;

type NewAgent = { name: string; definition: object };
export type HubPlace = { dataFolder: string; key: string; remove: () => void };
export type ChildHub = {
  child: ChildProcess;
  url: string;
  /** The exit status; null after a signal that cannot be caught. */
  ended: Promise<number | null>;
  printed: () => string;
  request: <Answer>(method: 'GET' | 'POST', path: string, body?: object) => Promise<Answer>;
  /** Starts a streamed run and reads it to its end or until the connection breaks. */
  stream: (agent: string, body: object, onEvent: (event: StreamedEvent) => void) => Promise<void>;
  close: () => Promise<void>;
};
export type StreamedEvent = { type: string; [member: string]: unknown };

/** A hub of this process on a data folder, which its database opens as after a crash. */
const openHubOn = (dataFolder: string): Promise<TestApp> =>
  buildTestApp({
    openDatabase: async () => {
      const database = await openDatabase({ dataFolder, migrations, workerFile });
      return { database, dataFolder, close: () => database.close() };
    },
  });

/** A data folder with a person, their key, and agents of theirs: a hub that is started only to make these is 3 s of processor. */
export async function createHubPlace(agents: NewAgent[] = []): Promise<HubPlace> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'atrium-child-'));
  copyDatabase(dataFolder);
  const hub = await openHubOn(dataFolder);
  const person = await hub.createPerson();
  const { key } = await person.createKey(['agents:read', 'agents:write', 'runs:write', 'conversations:read']);
  for (const agent of agents) await createAgent(person, agent);
  await hub.close();
  return { dataFolder, key, remove: () => rmSync(dataFolder, { recursive: true, force: true }) };
}

/** Runs the real hub in a process of its own and waits until it is ready. */
export async function startChildHub({ dataFolder, key }: HubPlace, variables: NodeJS.ProcessEnv): Promise<ChildHub> {
  const folder = await bundleHub();
  const child = spawn(process.execPath, ['--import', engineFlags, join(folder, 'main.js')], {
    env: {
      PATH: process.env.PATH,
      HUB_DATA_DIR: dataFolder,
      PORT: '0',
      HUB_LOG: 'error',
      HUB_RATE_LIMIT: 'off',
      HUB_LOCAL_MODELS: 'off',
      HUB_TITLES: 'words',
      ...variables,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  const url = await new Promise<string>((resolve, reject) => {
    for (const output of [child.stdout, child.stderr]) {
      output.setEncoding('utf8').on('data', (text: string) => {
        printed += text;
        const address = /is ready at (http:\S+)/.exec(printed)?.[1];
        if (address !== undefined) resolve(address);
      });
    }
    child.once('exit', () => reject(new Error(`The hub ended before it was ready:\n${printed}`)));
  });
  const pool = new Pool(url, { connections: 64 });
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
  const send = (method: 'GET' | 'POST', path: string, body?: object) =>
    pool.request({ method, path, headers, body: body === undefined ? null : JSON.stringify(body) });

  return {
    child,
    url,
    ended,
    printed: () => printed,
    request: async <Answer>(method: 'GET' | 'POST', path: string, body?: object) => {
      const answer = await send(method, path, body);
      const text = await answer.body.text();
      if (answer.statusCode >= 300)
        throw new Error(`${method} ${path} was answered with ${answer.statusCode}: ${text}`);
      return (text === '' ? null : JSON.parse(text)) as Answer;
    },
    stream: async (agent, body, onEvent) => {
      const answer = await send('POST', `/api/agents/${agent}/runs`, { ...body, stream: true });
      let text = '';
      for await (const chunk of answer.body.setEncoding('utf8') as AsyncIterable<string>) {
        const frames = (text + chunk).split('\n\n');
        text = frames.pop() ?? '';
        for (const frame of frames) {
          const data = /^data: (.*)$/m.exec(frame)?.[1];
          if (data !== undefined) onEvent(JSON.parse(data) as StreamedEvent);
        }
      }
    },
    close: async () => {
      child.kill('SIGKILL');
      await ended;
      await pool.destroy();
    },
  };
}
