import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { build, type Plugin } from 'vite';
import { copyBuiltServer } from './copy-built-server.ts';
import { makeOnce } from './make-once.ts';

const root = join(import.meta.dirname, '../..');
// Beside the built hub, because the program finds the project's folder from where it lies.
const dist = join(root, 'dist');

const keptMs = 60 * 60 * 1000;
const withoutPage: Plugin = {
  name: 'without-page',
  options: ({ input, ...options }) => ({
    ...options,
    input: Object.fromEntries(
      Object.entries(input as Record<string, string>).filter(([name]) => name !== 'view-worker'),
    ),
  }),
};
const settings = {
  configFile: join(root, 'vite.server.config.ts'),
  logLevel: 'error' as const,
  plugins: [withoutPage],
};
let bundling: Promise<string> | null = null;

/**
 * The server as `npm start` runs it, but for what draws the page's first views, once for each state of the sources: a copy, or bundled without touching that;
 * answers the folder.
 */
export function bundleHub(): Promise<string> {
  return (bundling ??= bundle());
}

async function bundle(): Promise<string> {
  const folder = join(dist, `test-hub-${digestOfSources()}`);
  mkdirSync(dist, { recursive: true });
  await makeOnce(folder, async (unfinished) => {
    if (!copyBuiltServer(unfinished)) await build({ ...settings, build: { outDir: unfinished, emptyOutDir: true } });
    removeOld();
  });
  return folder;
}

/** Not those that other tests may still use. */
function removeOld() {
  for (const name of readdirSync(dist).filter((entry) => entry.startsWith('test-hub-'))) {
    const folder = join(dist, name);
    // Another worker may just have moved or removed it.
    const madeAt = statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? Infinity;
    if (Date.now() - madeAt > keptMs) rmSync(folder, { recursive: true, force: true });
  }
}

function digestOfSources(): string {
  const digest = createHash('sha256');
  const sources = readdirSync(join(root, 'server'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  for (const file of [...sources.sort(), join(root, 'package-lock.json'), join(root, 'vite.server.config.ts')]) {
    digest.update(file).update(readFileSync(file));
  }
  return digest.digest('hex').slice(0, 16);
}
