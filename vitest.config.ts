import { availableParallelism } from 'node:os';
import { configDefaults, defineConfig } from 'vitest/config';
import { chooseTemporaryFolder } from './test/support/choose-temporary-folder.ts';
import { LongestFirst } from './test/support/longest-first.ts';

process.env['TMPDIR'] = chooseTemporaryFolder();

const guard = 'test/support/console-guard.ts';
const prepareDatabase = 'test/support/prepare-database.ts';
const roomsOfTheirOwn = ['house', 'web', 'e2e', 'services', 'load'];

/**
 * A hub makes much that is soon garbage, and its database is too short-lived to be worth optimising: 45 s of processor instead of 53
 * over six files. Where every processor is taken, threads that collect garbage side by side only wait for each other: 28 s instead of
 * 32 over eight. What tests the page gains nothing by it.
 */
const hubFlags = [
  '--max-semi-space-size=32',
  '--min-semi-space-size=16',
  '--wasm-tiering-budget=100000000',
  '--single-threaded-gc',
];

const project = ({
  name,
  include,
  exclude = [],
  environment = 'node',
  isolate = true,
  maxWorkers,
  execArgv = [],
  globalSetup = [],
  setupFiles = [guard],
}: {
  name: string;
  include: string[];
  exclude?: string[];
  environment?: 'node' | 'happy-dom';
  isolate?: boolean;
  maxWorkers?: number;
  execArgv?: string[];
  globalSetup?: string[];
  setupFiles?: string[];
}) => ({
  extends: true as const,
  test: {
    name,
    include,
    exclude: [...configDefaults.exclude, ...exclude],
    environment,
    isolate,
    // Projects that differ in it cannot share a group.
    ...(maxWorkers !== undefined && { maxWorkers, sequence: { groupOrder: 1 } }),
    execArgv,
    globalSetup,
    setupFiles,
  },
});

/** The tests against a real PostgreSQL run only where one is offered. */
const services =
  process.env['DATABASE_URL'] === undefined
    ? []
    : [project({ name: 'services', include: ['test/services/**/*.test.ts'], execArgv: hubFlags })];

export default defineConfig({
  test: {
    pool: 'forks',
    // A third of a worker's time goes by waiting; on two cores the usual number would be one.
    maxWorkers: Math.ceil(availableParallelism() * 1.5),
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Nothing waits longer than it has to; one second was too little on a busy machine.
    expect: { poll: { timeout: 20_000 } },
    sequence: { sequencer: LongestFirst },
    projects: [
      project({
        name: 'house',
        include: ['test/house/**/*.test.ts'],
        isolate: false,
        execArgv: hubFlags,
        globalSetup: [prepareDatabase],
      }),
      project({
        name: 'server',
        include: ['test/**/*.test.ts'],
        exclude: roomsOfTheirOwn.map((room) => `test/${room}/**`),
        // The hub keeps no state outside of its services, and reading it anew took longer than most files' tests.
        isolate: false,
        execArgv: hubFlags,
        globalSetup: [prepareDatabase],
      }),
      project({
        name: 'web',
        include: ['test/web/**/*.test.{ts,tsx}'],
        environment: 'happy-dom',
        isolate: false,
        setupFiles: [guard, 'test/support/fresh-page.ts'],
      }),
      project({
        name: 'e2e',
        include: ['test/e2e/**/*.test.ts'],
        // One browser for the files of a process.
        isolate: false,
        // Beside them run the tests without a browser. What the command line says of this reaches no project.
        maxWorkers: availableParallelism(),
        globalSetup: ['test/support/prepare-hub.ts'],
        setupFiles: [],
      }),
      ...services,
    ],
  },
});
