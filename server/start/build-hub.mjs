import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { runProgram } from './run-program.mjs';
import { sayWhile } from './say.mjs';
import { createStamp } from './stamp.mjs';

const shared = ['package-lock.json', 'tsconfig.json', 'server/contract'];
const parts = [
  {
    name: 'server',
    what: 'Building the server',
    configFile: 'vite.server.config.ts',
    // The page's components draw first views in the hub.
    inputs: ['server', 'web', 'prisma/schema'],
    outputs: ['dist/server/main.js'],
  },
  {
    name: 'web',
    what: 'Building the web page',
    configFile: 'vite.config.ts',
    inputs: ['web'],
    outputs: ['dist/web/index.html'],
  },
];

/** @param {string} root @param {(typeof parts)[number]} part */
const stampOf = (root, { name, configFile, inputs, outputs }) =>
  createStamp({ root, name, inputs: [configFile, ...inputs, ...shared], outputs, without: 'server/start/' });

/**
 * Whether dist/ holds a part of the hub as its sources are now.
 *
 * @param {string} root
 * @param {'server' | 'web'} wanted
 */
export const isBuilt = (root, wanted) => parts.some((part) => part.name === wanted && stampOf(root, part).isCurrent());

/**
 * Builds the server and the page into dist/, each when its sources changed. Each is built beside its place and then moved.
 *
 * @param {string} root
 */
export async function buildHub(root) {
  for (const part of parts) {
    const { name, what, configFile } = part;
    const stamp = stampOf(root, part);
    if (stamp.isCurrent()) continue;
    const place = join(root, 'dist', name);
    const unfinished = `${place}.new-${process.pid}`;
    const vite = ['node_modules/vite/bin/vite.js', 'build', '--config', configFile, '--logLevel', 'error'];
    await sayWhile(what, () =>
      runProgram([...vite, '--outDir', unfinished, '--emptyOutDir'], { root, environment: { NODE_ENV: 'production' } }),
    );
    stamp.forget();
    replaceFolder(place, unfinished);
    stamp.remember();
  }
}

/** @param {string} place @param {string} fresh */
function replaceFolder(place, fresh) {
  const old = `${place}.old-${process.pid}`;
  if (existsSync(place)) renameSync(place, old);
  renameSync(fresh, place);
  rmSync(old, { recursive: true, force: true });
}
