import { expect, test } from 'vitest';
import { expectAccessible } from '#test/support/accessibility.ts';
import { desk, findOverflow, patienceMs, phone, reach, useHubPages } from '#test/support/hub-pages.ts';

const hub = useHubPages({ filled: 'most' });
const person = hub.usePage({ viewport: desk, isSignedIn: true });
const onPhone = hub.usePage({ viewport: phone, isSignedIn: true });

test(
  'an agent is featured by keyboard, found by a mistyped word, kept, and talked to in one press',
  async () => {
    const { page } = person;
    await hub.open(page, '/settings/hub');
    await page.getByRole('tab', { name: 'Featured' }).click();
    // Who is featured is shown before the hub knows it.
    const pressAndKeep = async () => {
      const kept = page.waitForResponse((answer) => answer.request().method() === 'PUT' && answer.ok());
      await page.keyboard.press('Enter');
      await kept;
    };
    for (const name of ['Translator', 'Whale Watcher']) {
      await page.getByLabel('Find an agent to feature').fill(name);
      const add = page.getByRole('button', { name: new RegExp(`^Feature ${name}`) });
      await add.focus();
      await pressAndKeep();
      await page.getByRole('list', { name: 'Featured' }).getByText(name).waitFor();
    }
    await page.getByRole('button', { name: /^Move Whale Watcher.* up/ }).focus();
    await pressAndKeep();
    await page.getByText(/Whale Watcher.* is now \d of \d/).waitFor({ state: 'attached' });
    await expectAccessible(page);

    await hub.open(page, '/');
    const arcade = page.getByRole('region', { name: 'Featured' });
    await arcade.getByRole('heading', { level: 3 }).first().waitFor();
    // After those that a new hub begins with.
    expect((await arcade.getByRole('heading', { level: 3 }).allTextContents()).slice(-2)).toEqual([
      expect.stringContaining('Whale Watcher'),
      expect.stringContaining('Translator'),
    ]);
    await expectAccessible(page);
    await page.getByLabel('Search agents').fill('transaltor');
    await page.waitForURL(/search=transaltor/);
    const found = page.getByRole('region', { name: 'Agents on the hub' });
    await expect.poll(() => found.getByRole('heading', { level: 3 }).first().textContent()).toContain('Translator');
    await found
      .getByRole('button', { name: /Translator.* is a favourite/ })
      .first()
      .click();
    await page.getByRole('button', { name: 'Favourites' }).click();
    await expect.poll(() => found.getByRole('heading', { level: 3 }).count()).toBe(1);
    await found.getByRole('link', { name: /^Chat with Translator/ }).click();
    await page.waitForURL(/\/chat\/translator/);
  },
  patienceMs,
);

test(
  'who used an agent reviews it on a phone, and reports another',
  async () => {
    const { page } = onPhone;
    await hub.open(page, '/hub/counting-desk');
    await page.getByRole('button', { name: 'Write a review' }).click();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Choose one to five stars.').waitFor();
    await page.getByRole('radio', { name: '4 stars' }).check({ force: true });
    await page.getByLabel(/^Your words/).fill('Counts well.');
    await expectAccessible(page);
    await page.emulateMedia({ colorScheme: 'light' });
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Counts well.').waitFor();
    await page.getByText('4 (1)').first().waitFor();
    expect(await findOverflow(page)).toBeLessThanOrEqual(0);
    await hub.open(page, '/hub/translator');
    await page.getByRole('button', { name: 'Report' }).click();
    await page.getByRole('button', { name: 'Send report' }).click();
    await page.getByText('The administrators will look at it.').first().waitFor();
    await expect.poll(() => page.getByRole('button', { name: 'Report' }).count()).toBe(0);
    await hub.open(page, '/settings/hub');
    await page
      .getByRole('link', { name: /Translator/ })
      .first()
      .waitFor();
    expect(await findOverflow(page)).toBeLessThanOrEqual(0);
    await expectAccessible(page);
  },
  patienceMs,
);

test(
  'an agent that waits is refused by keyboard with a reason, which its creator reads where it is made',
  async () => {
    const { page } = person;
    const settings = { reviewNewAgents: true };
    await page.request.put(`${hub.url()}/api/hub/settings`, { data: settings, headers: { origin: hub.url() } });
    const definition = { instructions: 'Read the tides.', access: { visibility: 'hub', licence: 'MIT' } };
    const { id, handle } = await hub.post('/api/agents', { name: 'Tide reader', definition });
    await hub.post(`/api/agents/${id}/publish`, { note: '' });
    await hub.open(page, `/agents/${handle}/edit`);
    await page.getByText('This agent waits for an administrator').waitFor();
    await hub.open(page, '/settings/hub');
    const line = page.getByRole('listitem').filter({ hasText: 'Tide reader' });
    await reach(page, line.getByRole('button', { name: 'Keep off the hub' }));
    await page.keyboard.press('Enter');
    const reason = page.getByRole('alertdialog').getByRole('textbox');
    await reason.waitFor();
    await expect.poll(() => reason.evaluate((field) => field === document.activeElement)).toBe(true);
    await page.keyboard.type('Say what it does.');
    await reach(page, page.getByRole('alertdialog').getByRole('button', { name: 'Keep off the hub' }));
    await page.keyboard.press('Enter');
    await page.getByRole('main').getByText('Say what it does.').waitFor();
    await hub.open(page, `/agents/${handle}/edit`);
    await page.getByText('Say what it does.').waitFor();
    expect(await findOverflow(page)).toBeLessThanOrEqual(0);
  },
  patienceMs,
);
