import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/*
 * What no program reads when the hub runs, is built or tested: source maps, the uncompiled TypeScript beside compiled
 * packages, and Prisma's query compilers for databases other than Postgres. A third of what npm unpacks. What programs keep
 * in .cache is theirs: a Postgres data folder there has files named *.map too.
 */
const sources = /(?<!\.d)\.[cm]?tsx?$/;
const unused = [
  sources,
  /\.map$/,
  /^KaTeX_.+\.(?:ttf|woff)$/,
  /^query_compiler_(?:fast|small)_bg\.(?:mysql|sqlite|sqlserver|cockroachdb)\./,
];

/* Whole folders of that kind: copies for CommonJS, browsers or designers, and a package's own tests. */
const unusedFolders = [
  '@mixmark-io/domino/test',
  'highlight.js/lib/languages',
  'highlight.js/scss',
  'highlight.js/styles',
  'katex/contrib',
  'katex/dist/contrib',
  'katex/src',
  'viem/_cjs',
];

/** @param {string} folder */
function trim(folder) {
  const entries = readdirSync(folder, { withFileTypes: true });
  if (entries.some((entry) => entry.name === 'package.json') && isMadeOfSources(join(folder, 'package.json'))) return;
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && entry.name !== '.cache') trim(path);
    else if (entry.isFile() && unused.some((pattern) => pattern.test(entry.name))) rmSync(path);
  }
}

/** Some packages hold nothing but types, as plain TypeScript. @param {string} file */
function isMadeOfSources(file) {
  return /"types":\s*"[^"]*(?<!\.d)\.[cm]?tsx?"/.test(readFileSync(file, 'utf8').replace(/"exports":[^]*$/, ''));
}

const packages = fileURLToPath(new URL('../../node_modules', import.meta.url));
for (const folder of unusedFolders) rmSync(join(packages, folder), { recursive: true, force: true });
if (existsSync(packages)) trim(packages);
