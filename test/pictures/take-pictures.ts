import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { APIRequestContext, BrowserContext, Page } from 'playwright-core';
import { benchPerson, startHub } from '#test/load/start-hub.ts';
import { launchBrowser, muteNews } from '#test/support/chromium.ts';
import { atTheDoor, fillPages, inside, toRealPath } from '#test/support/page-data.ts';
import { anvilProgram, layDevnet } from '#test/support/seeded-devnet.ts';
import { sayIn } from '#test/support/say-in.ts';
import { askingCorners } from './asking-corners.ts';
import type { Corner } from './corner.ts';
import { chainCorners, corners } from './corners.ts';
import { dialogCorners } from './dialog-corners.ts';
import { stateCorners } from './state-corners.ts';
import { firstSetUp, rareCorners } from './rare-corners.ts';

/*
 * Pictures of every page: `npm run pictures [-- --language zh-CN] [--width 390] [--folder <folder>] [path or name …]`, into `pictures/`.
 *
 * A path, such as `/agents`, takes only the pages that begin with it, and a name, such as `palette`, only that picture; a
 * width, only the pictures that are so wide.
 */
const root = join(import.meta.dirname, '../../../../');
const { values, positionals: wanted } = parseArgs({
  allowPositionals: true,
  options: {
    language: { type: 'string', default: 'en' },
    width: { type: 'string' },
    folder: { type: 'string', default: join(root, 'pictures') },
  },
});
const { language } = values;
const say = sayIn(language);
const folder = join(values.folder, language);
const windows = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
].filter(({ width }) => values.width === undefined || width === Number(values.width));
/** A list that goes on for longer shows nothing new, and a picture of all of it takes a browser half a minute. */
const longestPicture = 3000;
const themes = ['light', 'dark'] as const;
const questions = [
  'What is 17.5 % of 2,340?',
  'How many days are there between 2026-03-01 and 2026-11-27?',
  'Convert 12.5 miles to kilometres',
  'Draw a line chart:\n\n| week | active wallets |\n|---|---|\n| 44 | 1210 |\n| 45 | 1384 |\n| 46 | 1330 |\n| 47 | 1612 |',
];

// Without its program, pages of chains show what a hub without a devnet shows.
const hasDevnet = anvilProgram !== null;
const missing: string[] = [];
const hub = await startHub(root, null, { prepare: hasDevnet ? layDevnet : undefined });
const browser = await launchBrowser();
try {
  const atDoor = await browser.newContext({ extraHTTPHeaders: { origin: hub.url } });
  const made = await fill(atDoor.request);
  const storageState = await atDoor.storageState();
  await mkdir(folder, { recursive: true });
  const doors = [...atTheDoor.map((path) => ({ path })), firstSetUp];
  const places = [...inside, '/analyses/profile'].map((path) => ({ path }));
  const pages = [
    ...places,
    ...corners,
    ...rareCorners,
    ...dialogCorners,
    ...stateCorners,
    ...askingCorners,
    ...(hasDevnet ? chainCorners : []),
  ];
  for (const viewport of windows) {
    const options = { viewport, locale: language, reducedMotion: 'reduce' as const };
    await takeAll(await browser.newContext(options), doors, { made, viewport });
    await takeAll(await browser.newContext({ ...options, storageState }), pages, { made, viewport });
  }
} finally {
  await browser.close();
  await hub.stop();
  hub.remove();
}
console.log(`The pictures are in ${folder}`);
if (missing.length > 0) {
  console.error(`Not taken:\n${missing.join('\n')}`);
  process.exitCode = 1;
}

type Made = Awaited<ReturnType<typeof fill>>;
type Place = { made: Made; viewport: { width: number; height: number } };
type Shot = Pick<Corner, 'path'> & Partial<Corner>;

/** What a hub holds that a team has used for a while. */
async function fill(request: APIRequestContext) {
  const post = async (path: string, data: object) => {
    const answer = await request.post(hub.url + path, { data });
    if (!answer.ok()) throw new Error(`${path}: ${answer.status()} ${await answer.text()}`);
    return (await answer.json()) as { id: string; conversationId: string; handle: string };
  };
  await post('/api/session', benchPerson);
  const made = await fillPages(post);
  for (const input of questions) await post('/api/agents/counting-desk/runs', { input });
  const { conversation: conversationId } = made;
  for (const input of questions) await post('/api/agents/counting-desk/runs', { input, conversationId });
  for (const name of ['Ledger Desk', 'Treasury Watch', 'Release Scribe']) await post('/api/agents', { name });
  const { handle: tested } = await post('/api/agents/counting-desk/duplicate', {});
  const wrong = { name: 'Says the sum in words', needs: [], input: 'What is 17 + 25?' };
  await post(`/api/agents/${tested}/tests`, { ...wrong, expect: [{ kind: 'contains', anyOf: ['forty-two'] }] });
  await post(`/api/agents/${tested}/test-runs`, {});
  await remember();
  const complaint = { reason: 'misleading', text: 'It calls a contract safe of which it read half.' };
  await request.post(`${hub.url}/api/hub/agents/contract-auditor/reports`, { data: complaint });
  return { ...made, tested, compared: await compare(), profile: await profile() };

  async function remember() {
    const definition = { memory: { kind: 'person', summarise: false } };
    const { handle } = await post('/api/agents', { name: 'Garden Guide', definition });
    await post(`/api/agents/${handle}/publish`, { note: '' });
    for (const text of ['Grows tomatoes on a balcony in Oslo.', 'Waters in the evening, never at noon.'])
      await post('/api/memories', { agent: handle, text });
  }

  async function compare() {
    const { handle } = await post('/api/agents/counting-desk/duplicate', {});
    await post(`/api/agents/${handle}/tests`, { ...wrong, expect: [{ kind: 'contains', anyOf: ['forty-two'] }] });
    await post(`/api/agents/${handle}/publish`, { note: 'What people asked for in spring' });
    await changeDraft(handle);
    await post(`/api/agents/${handle}/test-runs`, { columns: [{ kind: 'draft' }, { kind: 'published' }] });
    return handle;
  }

  async function changeDraft(handle: string) {
    const url = `${hub.url}/api/agents/${handle}`;
    const read = await request.get(url);
    const headers = { 'if-match': read.headers()['etag'] ?? '' };
    const data = { instructions: 'You answer with figures alone.\nSay the unit after each.' };
    const changed = await request.patch(`${url}/draft`, { headers, data });
    if (!changed.ok()) throw new Error(`The draft: ${changed.status()} ${await changed.text()}`);
  }

  async function profile() {
    const sql =
      "SELECT range AS place, range * 1.5 AS sales, 'shop ' || range % 4 AS shop, DATE '2026-01-01' + range::INTEGER AS day FROM range(200)";
    return (await post('/api/analyses/profile', { title: 'Shops', source: { sql } })).id;
  }
}

function toName(path: string): string {
  return path === '/' ? 'hub' : path.slice(1).replace(/\W+/g, '-');
}

async function takeAll(context: BrowserContext, shots: Shot[], place: Place) {
  await muteNews(context);
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  for (const shot of shots) {
    const { path, name = toName(path) } = shot;
    if (wanted.length > 0 && !wanted.some((one) => path.startsWith(one) || name === one)) continue;
    await take(page, shot, place).catch((error: unknown) => missing.push(`${name}: ${String(error)}`));
    // What one place answered otherwise, the next one gets from the hub.
    await page.unrouteAll({ behavior: 'ignoreErrors' });
  }
  await context.close();
}

async function take(page: Page, { path, open, name = toName(path) }: Shot, { made, viewport }: Place) {
  await page.setViewportSize(viewport);
  const address = toRealPath(path, made)
    .replace('/tested', `/${made.tested}`)
    .replace('/compared', `/${made.compared}`)
    .replace('/analyses/profile', `/analyses/${made.profile}`);
  // What was written for the picture before is a draft that stands there again.
  if (page.url().startsWith(hub.url))
    await page.evaluate(() => [localStorage, sessionStorage].forEach((kept) => kept.clear()));
  await page.goto(hub.url + address);
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  // A hand on the page brings what waits for one, such as Markdown.
  await page.mouse.move(5, 5);
  await page.mouse.move(8, 8);
  await page.waitForLoadState('networkidle');
  await open?.(page, say);
  await waitUntilStill(page);
  await growToWhole(page);
  await takeBoth(page, name);
}

/** A window as high as the page shows all of it, with bars at their ends and pictures that come when they are near; what covers a page is seen as it is. */
async function growToWhole(page: Page) {
  const { width, height } = page.viewportSize() ?? { width: 0, height: 0 };
  const whole = await page.evaluate(() =>
    document.querySelector('[role=dialog], [role=alertdialog], [role=menu]') === null
      ? document.documentElement.scrollHeight
      : 0,
  );
  if (whole <= height) return;
  await page.setViewportSize({ width, height: Math.min(whole, longestPicture) });
  await page.waitForLoadState('networkidle');
  await waitUntilStill(page);
}

/** What comes late, such as a chart at the end of a conversation, moves all else: until nothing is awaited, or has changed for a moment. */
async function waitUntilStill(page: Page) {
  const look = () =>
    page.evaluate(() => {
      const awaited = [...document.querySelectorAll('main .animate-breathe')].some((one) => one.checkVisibility());
      return { awaited, shown: `${document.body.innerText.length} ${document.querySelectorAll('main *').length}` };
    });
  let before = '';
  for (let now = await look(), attempt = 0; (now.awaited || now.shown !== before) && attempt < 40; attempt += 1) {
    before = now.shown;
    await page.waitForTimeout(300);
    now = await look();
  }
}

async function takeBoth(page: Page, name: string) {
  for (const colorScheme of themes) {
    await page.emulateMedia({ colorScheme });
    // Colours change over a moment.
    await page.waitForFunction(() =>
      document
        .getAnimations()
        // One that follows a list as it scrolls never ends, nor what says that something is awaited.
        .filter(({ timeline }) => timeline === document.timeline)
        .filter(({ effect }) => effect?.getComputedTiming().iterations !== Infinity)
        .every(({ playState }) => playState !== 'running'),
    );
    // So are charts, beside the page; an answer that waits for a person does not end.
    await page.waitForFunction(() =>
      [...document.querySelectorAll('main [aria-busy=true]:not([role=log])')].every(
        (place) => !place.checkVisibility(),
      ),
    );
    const width = await page.evaluate(() => window.innerWidth);
    await page.screenshot({ path: join(folder, `${name}-${width}-${colorScheme}.png`), timeout: 60_000 });
  }
}
