import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runProgram } from './run-program.mjs';
import { say, sayWhile } from './say.mjs';
import { createStamp } from './stamp.mjs';

/** @typedef {{ version?: string, integrity?: string, link?: boolean, optional?: boolean, devOptional?: boolean }} LockedPackage */

const asked = 'package-lock.json';
const recorded = 'node_modules/.package-lock.json';

/** Installs what package-lock.json says, unless it is there. @param {string} root */
export async function installPackages(root) {
  const readStamp = () => createStamp({ root, name: 'packages', inputs: [asked, recorded], outputs: [recorded] });
  if (readStamp().isCurrent()) return;
  if (!isInstalled(root)) {
    const paths = Object.keys(readPackages(join(root, asked))).filter((path) => path !== '');
    await sayWhile(
      'Installing packages (npm ci); the first time takes a minute or two',
      async () => {
        await runProgram([findNpm(), 'ci', '--include=dev', '--ignore-scripts', '--no-audit', '--loglevel=error'], {
          root,
        });
        await runProgram(['server/start/trim-packages.mjs'], { root });
      },
      () =>
        `${paths.filter((path) => existsSync(join(root, path, 'package.json'))).length} of ${paths.length} packages`,
    );
    if (!isInstalled(root))
      say('npm ci ended well, but some packages of package-lock.json are missing. Trying anyway.');
  }
  readStamp().remember();
}

/**
 * Whether what npm recorded in node_modules is what package-lock.json asks for; packages for other platforms may be absent.
 *
 * @param {string} root
 */
function isInstalled(root) {
  if (!existsSync(join(root, recorded))) return false;
  const wanted = readPackages(join(root, asked));
  const found = readPackages(join(root, recorded));
  return Object.entries(wanted).every(([path, wish]) => {
    if (path === '') return true;
    const installed = found[path];
    if (installed === undefined) return wish.optional === true || wish.devOptional === true;
    return installed.version === wish.version && installed.integrity === wish.integrity;
  });
}

/** @param {string} file */
function readPackages(file) {
  /** @type {unknown} */
  const lock = JSON.parse(readFileSync(file, 'utf8'));
  return /** @type {{ packages: Record<string, LockedPackage> }} */ (lock).packages;
}

function findNpm() {
  const candidates = [
    process.env.npm_execpath,
    join(process.execPath, '../../lib/node_modules/npm/bin/npm-cli.js'),
    join(process.execPath, '../node_modules/npm/bin/npm-cli.js'),
    '/usr/share/nodejs/npm/bin/npm-cli.js',
  ];
  const found = candidates.find((path) => path !== undefined && path.endsWith('npm-cli.js') && existsSync(path));
  if (found === undefined)
    throw new Error('npm was not found beside Node.js. Run "npm ci" in this folder, then start again.');
  return found;
}
