import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium } from 'playwright-core';

const isRoot = process.getuid?.() === 0;
const usualPlaces = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];
const quiet = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Starts a headless Chromium; the caller closes it. */
export async function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: await findChromium(),
    args: isRoot ? [...quiet, '--no-sandbox'] : quiet,
  });
}

/**
 * Finds a Chromium: CHROMIUM_PATH, the usual places, Playwright's own; on Debian as root it installs the package.
 *
 * @throws {Error} saying what to do
 */
export async function findChromium(): Promise<string> {
  const named = process.env['CHROMIUM_PATH'];
  if (named !== undefined && named !== '') {
    if (existsSync(named)) return named;
    throw new Error(`CHROMIUM_PATH is ${named}, where there is no file.`);
  }
  return findInstalled() ?? installFromDebian() ?? giveUp();
}

function findInstalled(): string | undefined {
  return [...usualPlaces, ...listPlaywrightsOwn()].find((path) => existsSync(path));
}

function listPlaywrightsOwn(): string[] {
  const cache = process.env['PLAYWRIGHT_BROWSERS_PATH'] ?? join(homedir(), '.cache/ms-playwright');
  if (!existsSync(cache)) return [];
  return readdirSync(cache)
    .filter((name) => name.startsWith('chromium'))
    .sort()
    .reverse()
    .flatMap((name) => [
      join(cache, name, 'chrome-linux64/chrome'),
      join(cache, name, 'chrome-linux/chrome'),
      join(cache, name, 'chrome-headless-shell-linux64/chrome-headless-shell'),
      join(cache, name, 'chrome-linux/headless_shell'),
    ]);
}

function installFromDebian(): string | undefined {
  if (!isRoot || !existsSync('/usr/bin/apt-get')) return undefined;
  console.log('No Chromium on this machine: installing the Debian package "chromium" (apt-get) …');
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const parameters of [['update'], ['install', '--yes', '--no-install-recommends', 'chromium']]) {
    const outcome = spawnSync('apt-get', ['-q', ...parameters], { env: environment, encoding: 'utf8' });
    if (outcome.status !== 0)
      console.log(`apt-get ${parameters.join(' ')} failed:\n${outcome.stdout}${outcome.stderr}`);
  }
  return findInstalled();
}

function giveUp(): never {
  throw new Error(
    'The browser tests need Chromium. Install it (Debian, Ubuntu: apt-get install chromium; anywhere: npx playwright install chromium), ' +
      'or set CHROMIUM_PATH to the executable.',
  );
}

/**
 * Lets pages hear no news: to the browser a stream that never ends is a network that never rests, which tests wait for.
 * Not by a route, for these turn the browser's cache off.
 */
export const muteNews = (context: Pick<BrowserContext, 'addInitScript'>) =>
  context.addInitScript(() => Reflect.deleteProperty(window, 'EventSource'));
