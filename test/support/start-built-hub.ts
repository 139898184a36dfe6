import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { copyDatabase } from './prepared-folder.ts';
import { readStartCommand } from './read-start-command.ts';

const root = join(import.meta.dirname, '../..');
const startLimitMs = 90_000;

export type BuiltHub = {
  url: string;
  setUpLink: string;
  dataFolder: string;
  printed: () => string;
  stop: () => Promise<void>;
};

/**
 * Starts the built hub as `npm start` does, on a fresh data folder and a free port; waits for its set-up link.
 *
 * @param isFirst - with nothing in the folder, as a newcomer has it; making the database is most of such a start
 */
export async function startBuiltHub({
  variables = {},
  isFirst = false,
  tries = 3,
}: { variables?: Record<string, string>; isFirst?: boolean; tries?: number } = {}): Promise<BuiltHub> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'atrium-e2e-'));
  if (!isFirst) copyDatabase(dataFolder);
  const port = await findPort();
  const child = spawn(process.execPath, readStartCommand(root), {
    cwd: root,
    env: {
      ...process.env,
      PORT: String(port),
      HUB_DATA_DIR: dataFolder,
      HUB_LOG: 'error',
      HUB_LOCAL_MODELS: 'off',
      HUB_TITLES: 'words',
      NODE_ENV: 'production',
      ...variables,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  const stop = async () => {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    await ended;
    rmSync(dataFolder, { recursive: true, force: true });
  };
  const setUpLink = await new Promise<string | null>((resolve, reject) => {
    const giveUp = () => {
      reject(new Error(`The hub was not ready in time:\n${printed}`));
      void stop();
    };
    const limit = setTimeout(giveUp, startLimitMs);
    const read = (text: string) => {
      printed += text;
      const link = /http\S+\/set-up\?token=\S+/.exec(printed)?.[0];
      if (link === undefined) return;
      clearTimeout(limit);
      resolve(link);
    };
    child.stdout.setEncoding('utf8').on('data', read);
    child.stderr.setEncoding('utf8').on('data', read);
    child.once('exit', (code) => {
      clearTimeout(limit);
      // Between being found free and being listened on, another test may have taken the port.
      if (tries > 1 && printed.includes('is taken by another program')) resolve(null);
      else reject(new Error(`The hub ended with ${code}:\n${printed}`));
    });
  });
  if (setUpLink === null) {
    rmSync(dataFolder, { recursive: true, force: true });
    return startBuiltHub({ variables, isFirst, tries: tries - 1 });
  }
  return {
    url: `http://127.0.0.1:${port}`,
    setUpLink,
    dataFolder,
    printed: () => printed,
    stop,
  };
}

function findPort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
