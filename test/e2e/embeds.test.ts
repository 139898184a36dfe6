import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page, Request } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { expectAccessible } from '#test/support/accessibility.ts';
import { findOverflow, useHubPages } from '#test/support/hub-pages.ts';

const hubPages = useHubPages();
const owner = hubPages.usePage({ isSignedIn: true });
const visitor = hubPages.usePage({ isSignedIn: false, viewport: { width: 1024, height: 768 } });

/** Would run, were it ever taken for markup. */
const name = 'Sum "Clerk" <img src=x onerror=alert(1)>';
const hostileTag = `data-color="red;}*{display:none}" data-position='left"onload=alert(1)' data-language="xx"`;
let site: Server;
let content = '';
let port = 0;

const tag = (attributes = '', agent = 'sum-clerk') =>
  `<script async src="${hubPages.url()}/embed.js" data-agent="${agent}" ${attributes}></script>`;

async function visit(page: Page, host: '127.0.0.1' | 'localhost', body: string) {
  content = `<!doctype html><html lang="en"><title>Shop</title><main><h1>Shop</h1></main>${body}</html>`;
  await page.goto(`http://${host}:${port}/`);
}

/** The bytes of what comes from the hub, as they are sent. */
function weigh(page: Page) {
  const requests: Request[] = [];
  page.on('requestfinished', (request) => {
    if (request.url().startsWith(hubPages.url())) requests.push(request);
  });
  return async () => {
    const sizes = await Promise.all(requests.map((request) => request.sizes()));
    return sizes.reduce((sum, { responseBodySize }) => sum + responseBodySize, 0);
  };
}

beforeAll(async () => {
  // One site under two names: the hub knows the first.
  site = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8');
    // Neither inline styles nor anything else of the hub is let in but what a site has to.
    response.setHeader('content-security-policy', `script-src ${hubPages.url()}; style-src 'none'`);
    response.setHeader('referrer-policy', 'no-referrer');
    response.end(content);
  });
  await new Promise<void>((resolve) => site.listen(0, resolve));
  port = (site.address() as AddressInfo).port;
  const { request } = owner.page;
  const send = async (method: 'post' | 'put', path: string, data: object) => {
    const answer = await request[method](hubPages.url() + path, { data, headers: { origin: hubPages.url() } });
    expect([path, answer.status()]).toEqual([path, expect.toSatisfy((status: number) => status < 300)]);
  };
  for (const handle of ['sum-clerk', 'other-clerk']) {
    const opening = { message: 'I add **things** up.', starters: ['12 * 12'] };
    const definition = { access: { visibility: 'link' }, opening, tools: [{ id: 'calculator' }] };
    await send('post', '/api/agents', { name, handle, definition });
    await send('post', `/api/agents/${handle}/publish`, {});
    await send('put', `/api/agents/${handle}/embed`, {
      isEnabled: true,
      origins: [`http://127.0.0.1:${port}`],
      maximumUsdPerMonth: 1,
      maximumRunsPerMonth: 3,
    });
  }
});
afterAll(() => new Promise((resolve) => site.close(resolve)));
beforeEach(() => visitor.page.emulateMedia({ reducedMotion: 'reduce' }));

test('a site that is named shows a button that is light, and an agent that answers', async () => {
  const { page } = visitor;
  const weight = weigh(page);
  await visit(page, '127.0.0.1', tag(hostileTag) + tag('data-color="#aa0000" data-position="left"', 'other-clerk'));
  const buttons = page.getByRole('button', { name: `Chat with ${name}` });
  await expect.poll(() => buttons.count()).toBe(2);
  // Each comes when the hub has told what it needs, in any order.
  const widget = page.locator('[data-atrium=sum-clerk]');
  const button = widget.getByRole('button', { name: `Chat with ${name}` });
  expect(await weight()).toBeLessThan(30_000);

  await button.click();
  const chat = widget.frameLocator('iframe');
  await chat.getByRole('heading', { name }).waitFor();
  expect(await chat.locator('strong').textContent()).toBe('things');
  await chat.getByRole('button', { name: '12 * 12' }).click();
  await chat.getByRole('article', { name }).getByText('144').first().waitFor();
  const field = chat.getByRole('textbox');
  const send = async (text: string) => {
    // What a tool found is shown before its answer ends, and nothing is sent until then.
    await chat.getByRole('button', { name: 'Stop' }).waitFor({ state: 'detached' });
    await field.fill(text);
    await field.press('Enter');
  };
  await send('7 * 8');
  await chat.getByText('56').first().waitFor();
  await expectAccessible(page);

  await field.press('Escape');
  await expect.poll(() => widget.locator('iframe').isVisible()).toBe(false);
  const isBack = () => page.evaluate(() => document.activeElement?.getAttribute('data-atrium'));
  await expect.poll(isBack).toBe('sum-clerk');
  await page.keyboard.press('Enter');
  await chat.getByText('56').first().waitFor();

  await page.setViewportSize({ width: 320, height: 640 });
  const findPlace = () => widget.locator('iframe').boundingBox();
  await expect.poll(findPlace).toEqual({ x: 0, y: 0, width: 320, height: 640 });
  const frame = page.frames().find((one) => one.url().includes('/embed/sum-clerk')) ?? page;
  expect(await findOverflow(frame)).toBeLessThanOrEqual(0);
  await chat.getByRole('button', { name: 'Close' }).click();
  await page.setViewportSize({ width: 1024, height: 768 });

  await page.reload();
  await button.click();
  await chat.getByText('56').first().waitFor();
  await send('1 + 1');
  await expect.poll(() => chat.getByRole('article', { name }).count()).toBe(3);
  await send('2 + 2');
  await chat.getByText('No more answers for now').waitFor();
});

test('a site that is not named shows nothing, and its console says why', async () => {
  const { page } = visitor;
  const told: string[] = [];
  page.on('console', (message) => told.push(message.text()));
  const frame = `<iframe src="${hubPages.url()}/embed/sum-clerk" title="chat"></iframe>`;
  await visit(page, 'localhost', tag() + tag('', 'no-such-agent') + tag('', '"><b>') + frame);
  await expect.poll(() => told.filter((text) => text.startsWith('Atrium:')).length).toBe(3);
  expect(told.join('\n')).toContain(`may not be shown on http://localhost:${port}`);
  await expect.poll(() => told.join('\n')).toMatch(/frame-ancestors|Refused to frame|violates/);
  expect(await page.getByRole('button').count()).toBe(0);
  expect(await page.frameLocator('iframe').getByRole('textbox').count()).toBe(0);
});

test('only the page for frames may be framed, and only by the sites that are named', async () => {
  const { request } = visitor.page;
  const ancestors = async (path: string, headers: Record<string, string> = {}) => {
    const answer = await request.get(hubPages.url() + path, { headers, maxRedirects: 0 });
    const policy = answer.headers()['content-security-policy'] ?? '';
    return [answer.status(), /frame-ancestors ([^;]*)/.exec(policy)?.[1], answer.headers()['x-frame-options']];
  };
  const allowed = `http://127.0.0.1:${port}`;
  expect(await ancestors('/embed/sum-clerk')).toEqual([200, allowed, undefined]);
  expect(await ancestors('/embed/sum-clerk', { referer: 'https://evil.example/' })).toEqual([403, "'none'", 'DENY']);
  expect(await ancestors('/embed/no-such-agent')).toEqual([403, "'none'", 'DENY']);
  for (const path of ['/', '/chat/sum-clerk', '/embed.html', '/embed.js']) {
    expect([path, ...(await ancestors(path))]).toEqual([path, 200, "'none'", 'DENY']);
  }
  await visitor.page.goto(`${hubPages.url()}/embed/sum-clerk`);
  expect(new URL(visitor.page.url()).pathname).not.toContain('embed');
});
