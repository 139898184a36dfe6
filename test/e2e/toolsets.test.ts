import { expect, test } from 'vitest';
import { expectAccessible } from '#test/support/accessibility.ts';
import { desk, findOverflow, patienceMs, phone, useHubPages } from '#test/support/hub-pages.ts';
import { priceFeed } from '#test/support/page-data.ts';

const hub = useHubPages();
const onDesk = hub.usePage({ viewport: desk, isSignedIn: true });
const onPhone = hub.usePage({ viewport: phone, isSignedIn: true, hasTouch: true });

test(
  'somebody who cannot program brings a service, and gives an agent one of its tools under another name',
  async () => {
    const { page } = onDesk;
    await hub.post('/api/toolsets', { kind: 'openapi', text: JSON.stringify(priceFeed) });
    await hub.open(page, '/toolsets');
    await page.getByRole('button', { name: 'Import OpenAPI' }).click();
    const form = page.getByRole('dialog', { name: 'Import an OpenAPI description' });
    await form.getByText('Paste', { exact: true }).click();
    await form.getByLabel('Description', { exact: true }).fill('no description');
    await form.getByLabel('How it is told who asks').selectOption('api-key');
    await form.getByLabel('Name of the key').fill('X-Key');
    await form.getByLabel('Key', { exact: true }).fill('most secret');
    await form.getByRole('button', { name: 'Import' }).click();
    await expect.poll(() => form.getByLabel('Description', { exact: true }).getAttribute('aria-invalid')).toBe('true');
    await expectAccessible(page);
    await page.emulateMedia({ colorScheme: 'light' });
    await form.getByLabel('Description', { exact: true }).fill(JSON.stringify(priceFeed));
    await form.getByLabel('Name', { exact: false }).first().fill('Second feed');
    await form.getByRole('button', { name: 'Import' }).click();
    await page.getByRole('heading', { level: 1, name: 'Second feed' }).waitFor();
    expect(await page.content()).not.toContain('most secret');
    const stored = page.waitForResponse((answer) => answer.request().method() === 'PATCH' && answer.ok());
    await page.getByRole('switch', { name: 'Set a price' }).click();
    await page.getByText('2 tools · 1 allowed').waitFor();
    await stored;

    await hub.open(page, '/agents/new');
    await page.getByLabel('Name', { exact: true }).fill('Price desk');
    await page.getByRole('button', { name: 'Create and open the builder' }).click();
    await page.getByRole('button', { name: 'Add tools' }).click();
    const library = page.getByRole('dialog', { name: 'Tools' });
    await library.getByLabel('Category').selectOption('connected');
    await library.getByLabel('Search tools').fill('second feed');
    await expect.poll(() => library.getByRole('listitem').count(), { timeout: 10_000 }).toBe(1);
    await library.getByRole('button', { name: 'Use Get a price' }).click();
    await page.keyboard.press('Escape');
    const tool = page.getByRole('group', { name: 'Get a price' });
    await tool.getByText('What the model is told').click();
    await tool.getByLabel('Name for the model').fill('look_up');
    await page.getByText('Saved', { exact: true }).waitFor();
    await page.reload();
    await expect.poll(() => tool.getByLabel('Name for the model').inputValue()).toBe('look_up');
  },
  patienceMs,
);

test(
  'a tool is tried on a phone, a toolset is deleted, and where none is left the page teaches',
  async () => {
    const { page } = onPhone;
    await hub.open(page, '/agents/counting-desk/edit');
    await page
      .getByRole('button', { name: /^Try it: / })
      .first()
      .click();
    const bench = page.getByRole('dialog', { name: /^Try “/ });
    await bench.getByLabel('expression').fill('17 + 25');
    await bench.getByRole('button', { name: 'Run' }).click();
    await bench.getByText('Done').waitFor();
    expect(await bench.getByRole('region', { name: 'Result', exact: true }).textContent()).toContain('42');
    expect(await findOverflow(page)).toBeLessThanOrEqual(0);
    await expectAccessible(page);
    await page.keyboard.press('Escape');

    await hub.open(page, '/toolsets');
    const links = page.getByRole('main').getByRole('list').getByRole('link');
    for (let count = await links.count(); count > 0; count -= 1) {
      await links.first().click();
      await page.getByRole('button', { name: 'Delete' }).click();
      await page.getByRole('button', { name: 'Dismiss' }).first().click();
      await expect.poll(() => links.count()).toBe(count - 1);
    }
    await page.getByText('Services to begin with').waitFor();
    expect(await findOverflow(page)).toBeLessThanOrEqual(0);
    await expectAccessible(page);
  },
  patienceMs,
);
