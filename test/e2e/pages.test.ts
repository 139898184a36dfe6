import type { APIRequestContext, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { expectAccessible, expectAccessibleIn } from '#test/support/accessibility.ts';
import { desk, findOverflow, patienceMs, phone, useHubPages } from '#test/support/hub-pages.ts';
import { atTheDoor, inside } from '#test/support/page-data.ts';
import { readPageScripts } from '#test/support/page-weight.ts';
import { password } from '#test/support/shared-hub.ts';
import { findUntranslated } from '#test/support/untranslated.ts';

const limitBytes = 200_000;
/** What draws a chart comes after the page, where one is shown. */
const whenShown = /chart-worker-/;
const { weigh } = readPageScripts();
const hub = useHubPages({ filled: 'every' });

/** Of what the page has loaded before anybody touches it. */
async function weighScripts(page: Page): Promise<number> {
  const names = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name));
  const files = names
    .map((name) => new URL(name).pathname.slice(1))
    .filter((name) => name.endsWith('.js') && !whenShown.test(name));
  expect(files.length).toBeGreaterThan(5);
  return weigh(new Set(files));
}

/** Only its parts scroll, and the corner of the person stays in sight. */
async function expectFilled(page: Page) {
  const taller = await page.evaluate(() => document.documentElement.scrollHeight - window.innerHeight);
  expect(taller).toBeLessThanOrEqual(0);
  const corner = await page.getByRole('complementary').getByRole('button', { name: 'Sign out' }).boundingBox();
  expect((corner?.y ?? Infinity) + (corner?.height ?? 0)).toBeLessThanOrEqual(desk.height - 16);
}

describe('on a desk and on a phone', () => {
  const visitor = hub.usePage({ viewport: desk, isSignedIn: false });
  const person = hub.usePage({ viewport: desk, isSignedIn: true });

  test.each([...atTheDoor.map((path) => [path, visitor] as const), ...inside.map((path) => [path, person] as const)])(
    '%s is accessible in both themes, fits its window, and loads at most 200 kB of JavaScript',
    async (path, { page }) => {
      await page.setViewportSize(desk);
      await hub.open(page, path);
      expect(await weighScripts(page)).toBeLessThanOrEqual(limitBytes);
      expect(await findOverflow(page)).toBeLessThanOrEqual(0);
      if (path.startsWith('/chat/') || path.endsWith('/edit')) await expectFilled(page);
      await expectAccessible(page);
      await expectAccessibleIn(page, phone);
      expect(await findOverflow(page)).toBeLessThanOrEqual(0);
    },
    patienceMs,
  );
});

describe('the command palette', () => {
  const person = hub.usePage({ viewport: phone, isSignedIn: true });

  test(
    'is reached by thumb, is accessible in both themes, and leads to an agent',
    async () => {
      const { page } = person;
      await hub.open(page, '/settings');
      await page.getByRole('button', { name: 'Search' }).click();
      const field = page.getByRole('combobox', { name: /Find pages/ });
      await page
        .getByRole('option', { name: /Careful desk/ })
        .first()
        .waitFor();
      await expect.poll(() => field.evaluate((element) => element === document.activeElement)).toBe(true);
      expect(await findOverflow(page)).toBeLessThanOrEqual(0);
      await expectAccessible(page);
      await field.fill('crfl dsk');
      await page.getByRole('option', { name: /^Careful desk/, selected: true }).waitFor();
      await page.keyboard.press('Enter');
      await page.waitForURL(/\/chat\/careful-desk/);
    },
    patienceMs,
  );
});

describe('in 简体中文', () => {
  const person = hub.usePage({ viewport: phone, isSignedIn: true, locale: 'zh-CN' });

  test.each(inside)(
    '%s has no English words of the page, and does not scroll sideways',
    async (path) => {
      const { page } = person;
      // Each page was loaded above, and which texts a page begins with is asked in test/web; only the first is loaded here.
      await (page.url() === 'about:blank' ? hub.open(page, path) : hub.walk(page, path));
      expect(await page.evaluate(() => document.documentElement.lang)).toBe('zh-CN');
      expect(await findUntranslated(page)).toEqual([]);
      expect(await findOverflow(page)).toBeLessThanOrEqual(0);
    },
    patienceMs,
  );
});

describe('the side bar', () => {
  const person = hub.usePage({ viewport: desk, isSignedIn: true });

  test.each([
    [desk, false],
    [{ width: 1280, height: 720 }, true],
  ])(
    'in a window of %o shows the current place, and whether it goes on',
    async (viewport, goesOn) => {
      const { page } = person;
      await page.setViewportSize(viewport);
      await hub.open(page, '/settings/audit');
      const list = page.getByRole('complementary').getByRole('navigation');
      const read = () =>
        list.evaluate((place) => {
          const { top, bottom } = place.getBoundingClientRect();
          const current = place.querySelector('[aria-current]')?.getBoundingClientRect();
          const style = getComputedStyle(place);
          return {
            isShown: current !== undefined && current.top >= top && current.bottom <= bottom,
            goesOn: place.scrollHeight > place.clientHeight,
            isFadedAbove: style.getPropertyValue('--fade-above') !== '0px',
            isFadedBelow: style.getPropertyValue('--fade-below') !== '0px',
          };
        });
      expect(await read()).toMatchObject({ isShown: true, goesOn, isFadedAbove: goesOn });
      await hub.open(page, '/agents');
      await expect.poll(read).toMatchObject({ isShown: true, goesOn, isFadedBelow: goesOn });
    },
    patienceMs,
  );
});

describe('the document of a page', () => {
  const person = hub.usePage({ isSignedIn: true });
  const path = '/chat/counting-desk/c1';
  const listFiles = (html: string) => [...html.matchAll(/href="(\/assets\/[^"]+)"/g)].map(([, file = '']) => file);
  const listTexts = (html: string) => {
    const [, data = ''] = /<script type="application\/json" id="texts">([^<]+)<\/script>/.exec(html) ?? [];
    return Object.keys(JSON.parse(data) as object);
  };

  test('asks for the files of that page, and has its texts in the language of the browser', async () => {
    const read = async (language: string) => {
      const answer = await fetch(hub.url() + path, { headers: { 'accept-language': language } });
      expect(answer.headers.get('vary')).toContain('Accept-Language');
      return answer.text();
    };
    const [english, chinese] = [await read('de, en-GB;q=0.8, zh;q=0.5'), await read('de, zh-CN')];
    const features = ['common', 'app', 'conversations', 'files', 'runs', 'feedback'];
    expect(listTexts(english)).toEqual(features.map((feature) => `en ${feature}`));
    expect(listTexts(chinese)).toEqual(features.map((feature) => `zh-CN ${feature}`));
    const files = listFiles(english);
    expect(listFiles(chinese)).toEqual(files);
    for (const name of ['start', 'chat-page', 'turns'])
      expect(files.filter((file) => file.startsWith(`/assets/${name}-`) && file.endsWith('.js'))).toHaveLength(1);
    for (const file of files) expect((await fetch(hub.url() + file)).status).toBe(200);
  });

  test('has what the page asks first on its way, only where somebody is signed in', async () => {
    expect((await fetch(hub.url() + path)).headers.get('link')).toBeNull();
    const read = async (address: string) =>
      (await person.page.request.get(hub.url() + address)).headers()['link']?.split(', ') ?? [];
    const toLink = (address: string) => `<${address}>; rel=preload; as=fetch; crossorigin`;
    expect(await read(path)).toEqual(
      [
        '/api/agents/counting-desk',
        '/api/conversations?agent=counting-desk&source=page&pinned=false&folder=none',
        '/api/conversations/c1/messages',
      ].map(toLink),
    );
    // What stands in an address is never more than a name in a header.
    expect(await read('/agents/a%3E,b/edit')).toEqual([]);
    expect(await read('/agents?search=x')).toEqual([]);
  });

  test('has its first view for who is signed in, with what they may see, and is kept by nobody', async () => {
    const read = async (request: APIRequestContext, address: string) => {
      const answer = await request.get(hub.url() + address, { headers: { 'accept-language': 'zh-CN' } });
      const text = await answer.text();
      const [, view = null] = /<div id="root"><div inert[^>]*>([^]*)<\/div><\/div><script/.exec(text) ?? [];
      const [, data = '{}'] = /<script type="application\/json" id="answers">([^<]*)<\/script>/.exec(text) ?? [];
      const { bodies = {} } = JSON.parse(data) as { bodies?: Record<string, unknown> };
      const [, script = null] = /<script data-page="(\/assets\/[^"]+)"/.exec(text) ?? [];
      const isHeld = script !== null && !text.includes('<script type="module"');
      return { view, isHeld, script, bodies, headers: answer.headers() };
    };
    const own = person.page.request;
    const name = '<b>Own</b> desk';
    const { handle } = await hub.post('/api/agents', { name });
    // The process that draws starts with the first view, which need not wait for it, nor need any other for a busy one.
    const readDrawn = async (request: APIRequestContext, address: string) => {
      let drawn = await read(request, address);
      await expect.poll(async () => (drawn = await read(request, address)).view, { timeout: 20_000 }).not.toBeNull();
      return drawn;
    };
    const { view, isHeld, script, bodies, headers } = await readDrawn(own, '/agents');
    // What runs the page's code waits until the view is painted.
    expect(isHeld).toBe(true);
    const part = (await own.get(hub.url() + script)).headers();
    expect([part['x-content-type-options'], part['content-security-policy']]).toEqual(['nosniff', undefined]);
    expect(headers['content-security-policy']).toMatch(/script-src 'self' 'sha256-[^;' ]+';/);
    expect([headers['cache-control'], headers['link']]).toEqual(['no-store', undefined]);
    expect(Object.keys(bodies)).toEqual(['/api/session', '/api/agents?scope=all', '/api/hub/categories']);
    expect(view).toContain('&lt;b&gt;Own&lt;/b&gt; desk');
    expect(view).toMatch(/<h1[^>]*>智能体<\/h1>/);
    for (const [address, words] of [
      ['/', '发现'],
      [`/agents/${handle}/edit`, 'value="&lt;b&gt;Own'],
      ['/chat/counting-desk', 'textarea'],
    ] as const)
      expect((await readDrawn(own, address)).view).toContain(words);

    const token = (await hub.post('/api/invitations', { email: 'alan@example.org', role: 'creator' })).token;
    const other = await hub.newRequest();
    await other.post(`${hub.url()}/api/invitations/accept`, { data: { token, name: 'Alan', password } });
    const others = JSON.stringify(await readDrawn(other, '/agents'));
    expect(others).toContain('Alan');
    expect(['Own</b>', 'Own&lt;', 'Ada'].filter((words) => others.includes(words))).toEqual([]);
    expect((await read(other, `/agents/${handle}/edit`)).view).toBeNull();
    expect((await readDrawn(own, '/agents')).view).not.toContain('Alan');
    await other.dispose();
    expect((await (await fetch(`${hub.url()}/agents`)).text()).includes('inert')).toBe(false);
  });
});

describe('a shared page', () => {
  test('is found by no search engine, told to no other site, and runs and sends nothing of others', async () => {
    const { headers } = await fetch(`${hub.url()}/s/none`);
    expect([headers.get('x-robots-tag'), headers.get('referrer-policy')]).toEqual(['noindex, nofollow', 'no-referrer']);
    expect(headers.get('content-security-policy')).toMatch(
      /^default-src 'none';script-src 'self';.*form-action 'none'/,
    );
  });
});

describe('an installed page', () => {
  const person = hub.usePage({ viewport: phone, isSignedIn: true });
  const listKept = (page: Page) =>
    page.evaluate(async () => {
      const names = await caches.keys();
      const kept = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
      return kept.flat().map(({ url }) => new URL(url).pathname);
    });

  test(
    'can be installed, keeps built files and nothing of the hub, and says when the hub is away',
    async () => {
      const { page } = person;
      await hub.open(page, '/');
      await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
      const tools = await page.context().newCDPSession(page);
      const { installabilityErrors } = await tools.send('Page.getInstallabilityErrors');
      // The browser of a test is a private window.
      const ids = installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== 'in-incognito');
      const { url, errors } = await tools.send('Page.getAppManifest');
      expect([ids, url, errors]).toEqual([[], `${hub.url()}/manifest.webmanifest`, []]);

      await hub.open(page, '/settings/keys');
      // Files are kept after the page has them.
      await expect.poll(async () => (await listKept(page)).length).toBeGreaterThan(10);
      const kept = await listKept(page);
      expect(kept.filter((path) => !path.startsWith('/assets/')).sort()).toEqual([
        '/before-paint.js',
        '/icon.svg',
        '/offline.html',
        '/offline.js',
      ]);

      await page.context().setOffline(true);
      await page.goto(`${hub.url()}/agents`);
      await page.getByRole('heading', { name: 'The hub cannot be reached' }).waitFor();
      expect(await findOverflow(page)).toBeLessThanOrEqual(0);
      await expectAccessible(page);
      await page.context().setOffline(false);
      // By itself.
      await page.getByRole('heading', { level: 1, name: 'Agents' }).waitFor();
    },
    patienceMs,
  );
});

describe('a visitor', () => {
  const visitor = hub.usePage({ isSignedIn: false });

  test(
    'is sent to the sign-in page, and back after signing in',
    async () => {
      const { page } = visitor;
      await page.goto(`${hub.url()}/settings/keys`);
      await page.waitForURL(/sign-in/);
      await page.getByLabel(/e-?mail/i).fill('ada@example.org');
      await page.getByLabel('Password', { exact: true }).fill(password);
      await page.keyboard.press('Enter');
      await page.waitForURL(/\/settings\/keys/);
    },
    patienceMs,
  );
});
