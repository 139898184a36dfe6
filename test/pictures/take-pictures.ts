import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { APIRequestContext, BrowserContext } from 'playwright-core';
import { benchPerson, startHub } from '#test/load/start-hub.ts';
import { launchBrowser } from '#test/support/chromium.ts';
import { atTheDoor, fillPages, inside, toRealPath } from '#test/support/page-data.ts';

/*
 * Pictures of every page: `npm run pictures [-- zh] [path …]`, into `pictures/`.
 *
 * The pages are English unless `zh` is given; a path, such as `/agents`, takes only the pages that begin with it.
 */
const root = join(import.meta.dirname, '../../../../');
const isChinese = process.argv.includes('zh');
const wanted = process.argv.slice(2).filter((word) => word.startsWith('/'));
const language = isChinese ? 'zh-CN' : 'en-GB';
const folder = join(root, 'pictures', language);
const looks = [
  { width: 1440, height: 900, theme: 'light' as const },
  { width: 1440, height: 900, theme: 'dark' as const },
  { width: 390, height: 844, theme: 'light' as const },
  { width: 390, height: 844, theme: 'dark' as const },
];
const questions = [
  'What is 17.5 % of 2,340?',
  'How many days are there between 2026-03-01 and 2026-11-27?',
  'Convert 12.5 miles to kilometres',
  'Draw a line chart:\n\n| week | active wallets |\n|---|---|\n| 44 | 1210 |\n| 45 | 1384 |\n| 46 | 1330 |\n| 47 | 1612 |',
];

const hub = await startHub(root, null);
const browser = await launchBrowser();
try {
  const atDoor = await browser.newContext({ extraHTTPHeaders: { origin: hub.url } });
  const made = await fill(atDoor.request);
  const storageState = await atDoor.storageState();
  await mkdir(folder, { recursive: true });
  for (const { theme, ...viewport } of looks) {
    const options = { viewport, colorScheme: theme, locale: language, reducedMotion: 'reduce' as const };
    const look = `${viewport.width}-${theme}`;
    await takeAll(await browser.newContext(options), atTheDoor, { look, made });
    await takeAll(await browser.newContext({ ...options, storageState }), inside, { look, made });
  }
} finally {
  await browser.close();
  await hub.stop();
  hub.remove();
}
console.log(`The pictures are in ${folder}`);

type Made = Awaited<ReturnType<typeof fillPages>>;

/** What a hub holds that a team has used for a while. */
async function fill(request: APIRequestContext): Promise<Made> {
  const post = async (path: string, data: object) => {
    const answer = await request.post(hub.url + path, { data });
    if (!answer.ok()) throw new Error(`${path}: ${answer.status()} ${await answer.text()}`);
    return (await answer.json()) as { id: string; conversationId: string };
  };
  await post('/api/session', benchPerson);
  const made = await fillPages(post);
  for (const input of questions) await post('/api/agents/counting-desk/runs', { input });
  const { conversation: conversationId } = made;
  for (const input of questions) await post('/api/agents/counting-desk/runs', { input, conversationId });
  for (const name of ['Ledger Desk', 'Treasury Watch', 'Release Scribe']) await post('/api/agents', { name });
  return made;
}

async function takeAll(context: BrowserContext, paths: string[], { look, made }: { look: string; made: Made }) {
  const page = await context.newPage();
  for (const path of paths.filter((each) => wanted.length === 0 || wanted.some((start) => each.startsWith(start)))) {
    await page.goto(hub.url + toRealPath(path, made), { waitUntil: 'networkidle' });
    await page.getByRole('heading', { level: 1 }).first().waitFor();
    // A hand on the page brings what waits for one, such as Markdown.
    await page.mouse.move(5, 5);
    await page.mouse.move(8, 8);
    await page.waitForLoadState('networkidle');
    const name = path.slice(1).replace(/\W+/g, '-');
    await page.screenshot({ path: join(folder, `${name}-${look}.png`), fullPage: true });
  }
  await context.close();
}
