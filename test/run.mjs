import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { setPriority } from 'node:os';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkNode } from '#server/start/check-node.mjs';

/**
 * @typedef {{ name: string, passed: number, failed: number, skipped: number, ms: number, failures?: string[] }} Outcome
 * @typedef {{ status: string, fullName: string, failureMessages: string[] }} TestReport
 * @typedef {{ name: string, status: string, message: string, assertionResults: TestReport[] }} FileReport
 * @typedef {{ numPassedTests?: number, numFailedTests?: number, numPendingTests?: number, numTodoTests?: number, testResults?: FileReport[] }} Report
 */

checkNode();
const root = fileURLToPath(new URL('..', import.meta.url)).replace(/[\\/]$/, '');
process.chdir(root);
// As nice as the hub's workers: where the tests fill the machine, what a worker is given would wait for all of them.
setPriority(10);
const reports = 'node_modules/.cache/atrium/reports';

/**
 * Runs a Node.js program; what it prints is shown at once or kept.
 *
 * @param {string[]} parameters
 * @param {boolean} isShown
 * @returns {Promise<{ code: number, printed: string }>}
 */
function run(parameters, isShown) {
  return new Promise((resolve) => {
    const program = spawn(process.execPath, parameters, { stdio: ['ignore', 'pipe', 'pipe'] });
    let printed = '';
    for (const stream of [program.stdout, program.stderr]) {
      stream.setEncoding('utf8').on('data', (/** @type {string} */ text) => {
        if (isShown) process.stdout.write(text);
        else printed += text;
      });
    }
    program.once('error', (error) => resolve({ code: 1, printed: String(error) }));
    program.once('close', (code) => resolve({ code: code ?? 1, printed }));
  });
}

/**
 * A check that passes or fails as a whole.
 *
 * @param {string} name
 * @param {string[]} parameters
 * @returns {Promise<Outcome>}
 */
async function check(name, parameters) {
  const startedAt = Date.now();
  const { code, printed } = await run(parameters, false);
  console.log(`${name}: ${code === 0 ? 'passed' : `FAILED\n${printed}`}`);
  return {
    name,
    passed: code === 0 ? 1 : 0,
    failed: code === 0 ? 0 : 1,
    skipped: 0,
    ms: Date.now() - startedAt,
    failures: code === 0 ? [] : [printed.trim().slice(0, 2000)],
  };
}

/**
 * Vitest over some projects; counts tests.
 *
 * @param {string} name
 * @param {string[]} projects
 * @param {string[]} [more]
 * @returns {Promise<Outcome>}
 */
async function vitest(name, projects, more = []) {
  const startedAt = Date.now();
  const report = `${reports}/${name.replaceAll(/\W+/g, '-')}.json`;
  rmSync(report, { force: true });
  const { code } = await run(
    [
      'node_modules/vitest/vitest.mjs',
      'run',
      ...projects.flatMap((project) => ['--project', project]),
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
      '--passWithNoTests',
      ...more,
    ],
    true,
  );
  const { passed, failed, skipped, failures } = readReport(report);
  // A file that could not be loaded, or an error outside a test, has no test to count.
  const uncounted = code !== 0 && failed === 0 ? 1 : 0;
  return { name, passed, failed: failed + uncounted, skipped, ms: Date.now() - startedAt, failures };
}

/** @param {string} file */
function readReport(file) {
  try {
    /** @type {Report} */
    const read = JSON.parse(readFileSync(file, 'utf8'));
    const { numPassedTests = 0, numFailedTests = 0, numPendingTests = 0, numTodoTests = 0, testResults = [] } = read;
    return {
      passed: numPassedTests,
      failed: numFailedTests,
      skipped: numPendingTests + numTodoTests,
      failures: testResults.flatMap(listFailures),
    };
  } catch {
    return { passed: 0, failed: 0, skipped: 0, failures: [] };
  }
}

/**
 * What of a file failed: its tests, or the file itself.
 *
 * @param {FileReport} file
 */
function listFailures({ name, status, message, assertionResults }) {
  const file = relative(root, name);
  const failures = assertionResults
    .filter((test) => test.status === 'failed')
    .map(({ fullName, failureMessages }) => `${file}: ${fullName}\n${indent(failureMessages[0] ?? '')}`);
  return failures.length === 0 && status === 'failed' ? [`${file}\n${indent(message)}`] : failures;
}

/** @param {string} text */
const indent = (text) => text.split('\n', 8).join('\n').replace(/^/gm, '    ');

/** @returns {Promise<Outcome[]>} */
async function checkSources() {
  return [
    // What lints by types has read all of them: the same compiler need not do it a second time.
    await check('types and lint', ['node_modules/oxlint/bin/oxlint', '-c', 'oxlint.config.mjs', '--type-check']),
    await check('format', ['node_modules/oxfmt/bin/oxfmt', '--check']),
  ];
}

/**
 * The tests start from what is built once, those without a browser too; a browser mostly waits for its hub, which leaves the
 * processor to them.
 *
 * @returns {Promise<Outcome[]>}
 */
async function buildAndTest() {
  const built = await check('build', ['server/start/prepare.mjs']);
  return [
    built,
    ...(await Promise.all([vitest('house, server, web', ['house', 'server', 'web']), vitest('browser', ['e2e'])])),
  ];
}

/** @param {string[]} patterns @returns {Promise<Outcome[]>} */
async function runEverything(patterns) {
  const { prepareSources } = await import('#server/start/prepare-hub.mjs');
  await prepareSources();
  mkdirSync(reports, { recursive: true });
  if (patterns[0] === '--services') return [await vitest('services', ['services'], patterns.slice(1))];
  if (patterns.length > 0) return [await vitest('tests', ['house', 'server', 'web', 'e2e'], patterns)];
  return (await Promise.all([checkSources(), buildAndTest()])).flat();
}

/** @param {Outcome[]} outcomes */
function report(outcomes) {
  console.log(
    `\n${'step'.padEnd(22)}${'passed'.padStart(8)}${'failed'.padStart(8)}${'skipped'.padStart(9)}${'time'.padStart(10)}`,
  );
  for (const { name, passed, failed, skipped, ms } of outcomes) {
    const counts = `${String(passed).padStart(8)}${String(failed).padStart(8)}${String(skipped).padStart(9)}`;
    console.log(`${name.padEnd(22)}${counts}${`${(ms / 1000).toFixed(1)} s`.padStart(10)}`);
  }
  // Named at the end, where they are found without reading what everything printed.
  const failures = outcomes.flatMap((outcome) => outcome.failures ?? []);
  if (failures.length > 0) console.log(`\nFailed:\n${failures.join('\n')}`);
  /** @param {'passed' | 'failed' | 'skipped'} key */
  const sum = (key) => outcomes.reduce((total, outcome) => total + outcome[key], 0);
  console.log(
    `\n${sum('passed')} passed, ${sum('failed')} failed${sum('skipped') > 0 ? `, ${sum('skipped')} skipped` : ''}`,
  );
  return sum('failed') === 0;
}

const outcomes = await runEverything(process.argv.slice(2)).catch((error) => {
  console.log(error instanceof Error ? error.message : String(error));
  return [{ name: 'preparation', passed: 0, failed: 1, skipped: 0, ms: 0 }];
});
process.exitCode = report(outcomes) ? 0 : 1;
