import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { borrowBrowser } from '#test/support/borrow-browser.ts';
import { startHubProxy } from '#test/support/hub-proxy.ts';
import { startLocalServer } from '#test/support/local-server.ts';
import { createScriptedModel, type ScriptedModel } from '#test/support/scripted-model/create-scripted-model.ts';
import type { SpokenReply } from '#test/support/scripted-model/reply.ts';
import { type BuiltHub, startBuiltHub } from '#test/support/start-built-hub.ts';

const words = Array.from({ length: 20 }, (_, index) => `word${index + 1}`);
const begun = words.slice(0, 5);

let hub: BuiltHub;
let network: Awaited<ReturnType<typeof startHubProxy>>;
let model: ScriptedModel;
let browser: Browser;
let giveBack: () => Promise<void>;
let context: BrowserContext;
let page: Page;

beforeAll(async () => {
  model = await createScriptedModel();
  const variables = { HUB_RATE_LIMIT: 'off', OPENAI_API_KEY: 'scripted', OPENAI_BASE_URL: `${model.url}/v1` };
  [hub, { browser, giveBack }] = await Promise.all([startBuiltHub({ variables }), borrowBrowser()]);
  network = await startHubProxy(hub.url);
  context = await browser.newContext();
  const post = async (path: string, data: object) => {
    const answer = await context.request.post(network.url + path, { data, headers: { origin: network.url } });
    expect([path, answer.status()]).toEqual([path, expect.toSatisfy((status: number) => status < 300)]);
  };
  const token = new URL(hub.setUpLink).searchParams.get('token');
  await post('/api/setup', { token, name: 'Ada', email: 'ada@example.org', password: 'correct horse battery' });
  await post('/api/agents', { name: 'Counter', definition: { model: { wishes: ['openai/scripted'] } } });
  await post('/api/agents/counter/publish', { note: '' });
  page = await openPage();
}, 150_000);
afterAll(async () => {
  await giveBack();
  await network.close();
  await hub.stop();
  await model.close();
});

beforeEach(() => beginAnew());
afterEach(async () => {
  await context.setOffline(false);
  model.assertUsedUp();
});

async function openPage(): Promise<Page> {
  const opened = await context.newPage();
  opened.setDefaultTimeout(10_000);
  return opened;
}

/** As a link within the page does: a load is twice the processor, and those of a conversation under way are looked at below. */
async function beginAnew() {
  if (page.url() === 'about:blank') {
    await page.goto(`${network.url}/chat/counter`);
    return;
  }
  await page.evaluate(() => {
    history.pushState(null, '', '/chat/counter');
    dispatchEvent(new PopStateEvent('popstate'));
  });
  await page.getByRole('log').getByRole('article').first().waitFor({ state: 'detached' });
}

/** The model says five words; the others follow when they are let go. */
function scriptAnswer(parts: Partial<SpokenReply> = {}): { letGo: () => void } {
  let letGo = () => {};
  const until = new Promise<void>((resolve) => (letGo = resolve));
  model.script({ text: words.join(' '), held: { from: begun.length, until }, ...parts });
  return { letGo };
}

const question = (of: Page, text: string) => of.getByRole('article', { name: 'You' }).getByText(text, { exact: true });
const answers = (of: Page) => of.getByRole('log').getByRole('article', { name: 'Counter' });
const lost = (of: Page) => of.getByText('Connection lost, trying again…');

async function ask(text: string, of = page) {
  await of.getByRole('textbox', { name: /Message to/ }).fill(text);
  await of.keyboard.press('Enter');
}

/** The newest answer has these words, no other ones, and none twice. */
const expectWords = (expected: string[], of = page) =>
  expect
    .poll(async () => (await answers(of).last().innerText()).match(/word\d+/g), { timeout: 10_000 })
    .toEqual(expected);

/** The newest answer has ended and is whole; it and its question are there once. */
async function expectWhole(asked: string, { of = page, count = 1 } = {}) {
  await expectWords(words, of);
  await answers(of).last().getByRole('button', { name: 'Answer again' }).waitFor();
  await expectWords(words, of);
  expect([await answers(of).count(), await question(of, asked).count()]).toEqual([count, 1]);
}

test('an answer goes on where it was after a reload, whole and once', async () => {
  const answer = scriptAnswer();
  await ask('Count');
  await expectWords(begun);
  await page.waitForURL(/\/chat\/counter\/.+/);
  await page.reload();
  await expectWords(begun);
  answer.letGo();
  await expectWhole('Count');
  await page.reload();
  await expectWhole('Count');
});

test('two tabs show the same conversation: each answer as it comes, and once', async () => {
  const first = scriptAnswer();
  await ask('Count for two');
  await expectWords(begun);
  await page.waitForURL(/\/chat\/counter\/.+/);
  const other = await openPage();
  await other.goto(page.url());
  await expectWords(begun, other);
  first.letGo();
  await Promise.all([page, other].map((of) => expectWhole('Count for two', { of })));

  const second = scriptAnswer();
  await ask('Count once more', other);
  await question(page, 'Count once more').waitFor();
  await Promise.all([page, other].map((of) => expectWords(begun, of)));
  second.letGo();
  await Promise.all([page, other].map((of) => expectWhole('Count once more', { of, count: 2 })));
  await other.close();
});

test('a lost network is told, and the answer is whole once it is back', async () => {
  const answer = scriptAnswer();
  await ask('Count in a tunnel');
  await expectWords(begun);
  await context.setOffline(true);
  network.cut();
  await lost(page).waitFor();
  await page.getByRole('status').filter({ hasText: 'You are offline' }).first().waitFor();
  // What says so takes its room from the messages, not from the composer.
  expect(await page.evaluate(() => document.documentElement.scrollHeight - window.innerHeight)).toBe(0);
  answer.letGo();
  await expectWords(begun);
  await context.setOffline(false);
  await expectWhole('Count in a tunnel');
  await lost(page).waitFor({ state: 'detached' });
});

test('a long line of code scrolls inside its block', async () => {
  model.script({ text: `\`\`\`ts\n${'const fee = gas * price; '.repeat(20)}\n\`\`\`` });
  await ask('Write code');
  await answers(page).getByRole('button', { name: 'Answer again' }).waitFor();
  const overflow = await page.getByRole('log').evaluate((element) => element.scrollWidth - element.clientWidth);
  expect(overflow).toBeLessThanOrEqual(0);
});

test('the end stays in sight while what is there becomes shorter and longer', async () => {
  const list = page.locator('div.overflow-y-auto:has([role=log])');
  await list.evaluate(async (element) => {
    const opening = element.querySelector('h2');
    const become = (pixels: number) => opening?.style.setProperty('height', `${pixels}px`);
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    const task = () => new Promise((resolve) => setTimeout(resolve));
    for (const [pixels, pause] of [
      [3000, frame],
      [3000, frame],
      [2500, frame],
      [2500, task],
      [4000, frame],
    ] as const) {
      become(pixels);
      await pause();
    }
  });
  // What an earlier answer still lays out, its colours or its fonts, may come between a frame and its reading.
  const distance = () => list.evaluate((it) => it.scrollHeight - it.scrollTop - it.clientHeight);
  await expect.poll(distance).toBeLessThan(2);
  expect(await page.getByRole('button', { name: 'Jump to newest' }).count()).toBe(0);
});

test('stop ends the answer and keeps what was written; it can be asked for again', async () => {
  scriptAnswer();
  await ask('Count until I stop you');
  await expectWords(begun);
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await answers(page).getByText('Stopped here.').waitFor();
  await expectWords(begun);
  await expect.poll(() => model.requests.at(-1)?.state).toBe('dropped');
  await page.reload();
  await answers(page).getByText('Stopped here.').waitFor();
  await expectWords(begun);

  scriptAnswer().letGo();
  await answers(page).getByRole('button', { name: 'Answer again' }).click();
  await expectWhole('Count until I stop you');
  expect(await answers(page).getByText('Stopped here.').count()).toBe(0);
});

test('a provider that breaks off leaves what it said, a readable error and a way to try again', async () => {
  const half = words.slice(0, words.length / 2);
  scriptAnswer({ ending: 'cut' }).letGo();
  await ask('Count until you break');
  const alert = answers(page).getByRole('alert');
  expect(await alert.innerText()).toMatch(/The provider|The model|broke/);
  await expectWords(half);
  await page.reload();
  await alert.waitFor();
  await expectWords(half);

  scriptAnswer().letGo();
  await alert.getByRole('button', { name: 'Try again' }).click();
  await expectWhole('Count until you break');
  expect(await alert.count()).toBe(0);
});

test('a deleted conversation can be had back; one whose tab is closed is deleted', async () => {
  model.script({ text: 'Kept.' }, { text: 'Lost.' });
  for (const title of ['Keep me', 'Lose me']) {
    await beginAnew();
    await ask(title);
    await answers(page).getByRole('button', { name: 'Answer again' }).waitFor();
  }
  const listed = (title: string, of = page) => of.getByRole('navigation').getByRole('link', { name: title });
  const remove = async (title: string) => {
    await page.getByRole('button', { name: `Actions for “${title}”` }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await listed(title).waitFor({ state: 'detached' });
  };
  await page.setViewportSize({ width: 390, height: 844 });
  await page.getByRole('button', { name: 'Conversations' }).click();
  await remove('Keep me');
  await page.getByRole('button', { name: 'Undo' }).click();
  await listed('Keep me').waitFor();
  await page.keyboard.press('Escape');
  await page.setViewportSize({ width: 1440, height: 900 });
  await remove('Lose me');
  await page.waitForURL(/\/chat\/counter$/);
  await page.close();

  const readTitles = async () => (await context.request.get(`${network.url}/api/conversations`)).text();
  await expect.poll(readTitles).not.toContain('Lose me');
  expect(await readTitles()).toContain('Keep me');
  page = await openPage();
});

test('an answer draws formulas and diagrams, and a page in it runs closed in', async () => {
  const reached: string[] = [];
  const elsewhere = await startLocalServer((request, response) => {
    reached.push(request.url ?? '');
    response.end();
  });
  const attack = `
    const said = [];
    const attempt = async (name, work) => {
      try { await work(); said.push(name + ' got out'); } catch { said.push(name + ' refused'); }
      document.body.textContent = said.join(', ');
    };
    (async () => {
      await attempt('parent', () => parent.document.title);
      await attempt('storage', () => localStorage.length);
      await attempt('cookies', () => document.cookie);
      await attempt('hub', () => fetch('${network.url}/api/session'));
      await attempt('network', () => fetch('${elsewhere.url}/fetch'));
      await attempt('window', () => { if (open('${elsewhere.url}/open') === null) throw new Error(); });
      await attempt('top', () => { top.location.href = '${elsewhere.url}/top'; });
      new Image().src = '${elsewhere.url}/image';
      await attempt('peer', () => new RTCPeerConnection());
      document.body.append(' all tried');
      document.body.onclick = () => { location.href = '${elsewhere.url}/self'; };
    })();`;
  model.script({
    text: [
      'So $x^2$ it is [1].\n\n',
      '```mermaid\ngraph TD\nA["<img src=x onerror=alert(1)> Ask"] --> B[Answer]\nclick A href "javascript:alert(1)"\n```\n\n',
      '```mermaid\nthis is none\n```\n\n',
      `\`\`\`html\n<body><script>${attack}</script></body>\n\`\`\`\n`,
    ],
  });
  const dialogs: string[] = [];
  page.on('dialog', (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  await ask('Show me');
  const answer = answers(page).last();
  await answer.locator('.katex').waitFor();
  const diagram = answer.locator('img[src^="blob:"]');
  await diagram.waitFor();
  const readWidth = () => diagram.evaluate((image: HTMLImageElement) => image.naturalWidth);
  const [width, address] = [await readWidth(), await diagram.getAttribute('src')];
  expect(width).toBeGreaterThan(50);
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  await expect.poll(() => diagram.getAttribute('src')).not.toBe(address);
  await expect.poll(readWidth).toBe(width);
  await answer.getByText('The diagram cannot be drawn').waitFor();
  await answer.getByText('this is none', { exact: true }).waitFor();

  await answer.getByRole('radio', { name: 'Page' }).check({ force: true });
  const frame = answer.frameLocator('iframe');
  await frame.getByText('all tried').waitFor();
  expect((await frame.locator('body').innerText()).trim()).toBe(
    'parent refused, storage refused, cookies refused, hub refused, network refused, window refused, top refused, peer refused all tried',
  );
  await frame.locator('body').click();
  await frame
    .getByText(/blocked/)
    .first()
    .waitFor({ state: 'attached' });
  expect([reached, dialogs]).toEqual([[], []]);
  expect(page.url()).toContain('/chat/counter');
  await elsewhere.close();
});
