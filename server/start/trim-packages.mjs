import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/*
 * What no program reads when the hub runs, is built or tested: source maps, the uncompiled TypeScript beside compiled
 * packages, packages' own papers, and types for CommonJS. Licences stay. What programs keep in .cache is theirs: a Postgres
 * data folder there has files named *.map too.
 */
const sources = /(?<!\.d)\.[cm]?tsx?$/;
const unused = [
  sources,
  /\.map$/,
  /\.d\.cts$/,
  /^(?:readme|changelog|changes|history|contributing|governance|security)\.md$/i,
  /^KaTeX_.+\.(?:ttf|woff)$/,
];

/* The same by a file's path: copies for CommonJS and browsers, and what else a package brings that nobody here asks for. */
const unusedPaths = [
  /^(?:@anthropic-ai\/sdk|langsmith|openai)\/.*(?:\.js|\.d\.ts)$/,
  /^(?:@langchain\/[^/]+|langchain)\/dist\/.*\.cjs$/,
  /^@prisma\/client\/runtime\/(?:query_compiler_fast_|.*\.(?:mysql|sqlite|sqlserver|cockroachdb)\.|query_compiler_.*\.js$)/,
  /^js-tiktoken\/dist\/(?:index\.[cm]?js$|.*\.cjs$|ranks\/(?:gpt2|p50k|r50k)_)/,
  /^lucide-react\/(?:dynamic|dist\/lucide-react\.(?:prefixed|suffixed)\.)/,
  /^prettier\/(?:plugins\/.*|standalone)\.js$/,
  /^prisma\/build\/(?:query_compiler_|schema_engine_|studio\.)/,
  /^react-dom\/cjs\/react-dom-profiling[.-]/,
];

/* Whole folders of that kind; below also every package's own tests. */
const unusedFolders = [
  '@mixmark-io/domino/test',
  '@modelcontextprotocol/sdk/dist/cjs',
  '@prisma/config/node_modules/effect/dist/dts',
  '@prisma/config/node_modules/effect/dist/esm',
  'fastify/docs',
  'highlight.js/lib/languages',
  'highlight.js/scss',
  'highlight.js/styles',
  'hono/dist/cjs',
  'katex/contrib',
  'katex/dist/contrib',
  'katex/src',
  'kysely/dist/cjs',
  'mathjs/lib/browser',
  'mathjs/lib/cjs',
  'ox/_cjs',
  'playwright-core/lib/vite',
  'react-router/docs',
  'solhint/node_modules',
  'undici/docs',
  'viem/_cjs',
  'viem/_types/tempo',
];
const testFolders = new Set(['test', 'tests', 'benchmark', 'benchmarks', 'example', 'examples']);

const packages = fileURLToPath(new URL('../../node_modules', import.meta.url));

/** @param {string} folder */
function trim(folder) {
  const entries = readdirSync(folder, { withFileTypes: true });
  const isPackage = entries.some((entry) => entry.name === 'package.json');
  if (isPackage && isMadeOfSources(join(folder, 'package.json'))) return;
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && isPackage && testFolders.has(entry.name)) rmSync(path, { recursive: true });
    else if (entry.isDirectory() && entry.name !== '.cache') trim(path);
    else if (entry.isFile() && isUnused(entry.name, path)) rmSync(path);
  }
}

/** @param {string} name @param {string} path */
function isUnused(name, path) {
  const place = relative(packages, path).replaceAll(sep, '/');
  return unused.some((pattern) => pattern.test(name)) || unusedPaths.some((pattern) => pattern.test(place));
}

/** Some packages hold nothing but types, as plain TypeScript. @param {string} file */
function isMadeOfSources(file) {
  return /"types":\s*"[^"]*(?<!\.d)\.[cm]?tsx?"/.test(readFileSync(file, 'utf8').replace(/"exports":[^]*$/, ''));
}

for (const folder of unusedFolders) rmSync(join(packages, folder), { recursive: true, force: true });
if (existsSync(packages)) trim(packages);
