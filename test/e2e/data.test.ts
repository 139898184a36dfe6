import { describe, expect, test } from 'vitest';
import { expectAccessible } from '#test/support/accessibility.ts';
import { desk, findOverflow, patienceMs, phone, useHubPages } from '#test/support/hub-pages.ts';

const hub = useHubPages();

describe('the SQL workbench', () => {
  const person = hub.usePage({ viewport: desk, isSignedIn: true });

  test(
    'takes a file, completes and runs SQL by keys, and keeps it as a query',
    async () => {
      const { page } = person;
      await hub.open(page, '/data');
      await page.getByRole('button', { name: 'Bring a table' }).first().click();
      const rows = Array.from({ length: 300 }, (_, index) => `p${index % 7},${index}`).join('\n');
      const buffer = Buffer.from(`person,amount\n${rows}\n`, 'utf16le');
      await page
        .locator('input[type=file]')
        .first()
        .setInputFiles({ name: 'payments.csv', mimeType: 'text/csv', buffer });
      await page.getByText('payments', { exact: true }).first().waitFor();
      await page.keyboard.press('Escape');
      const editor = page.getByRole('textbox', { name: 'SQL' });
      await editor.click();
      await page.locator('.cm-editor').waitFor();
      await page.locator('.cm-content').click();
      await page.keyboard.type('SELECT person, sum(amount) AS total FROM paym');
      await page.locator('.cm-tooltip-autocomplete li', { hasText: 'payments' }).click();
      expect(await page.locator('.cm-content').textContent()).toContain('payments');
      await page.keyboard.press('Control+End');
      await page.keyboard.type(' GROUP BY 1 ORDER BY 1');
      await page.keyboard.press('Control+Enter');
      await page.getByText(/^7 rows/).waitFor();
      await page.keyboard.press('Escape');
      await page.keyboard.press('Escape');
      await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('Run');
      expect(await findOverflow(page)).toBeLessThanOrEqual(0);
      await page.getByRole('button', { name: 'Save', exact: true }).click();
      await page.getByLabel('Name').fill('Totals');
      await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
      await page.getByRole('heading', { level: 1, name: 'Totals' }).waitFor();
    },
    patienceMs,
  );

  test(
    'draws the result, forks the query and puts its chart on a dashboard',
    async () => {
      const { page } = person;
      const chart = page.getByRole('img', { name: 'Chart: total by person' });
      const draw = async () => {
        await page.getByRole('button', { name: 'Run', exact: true }).click();
        await page.getByText(/^7 rows/).waitFor();
        await page.getByText('Chart', { exact: true }).click();
        await chart.waitFor();
      };
      await draw();
      const address = page.url();
      await page.getByRole('button', { name: 'More for this query' }).click();
      await page.getByRole('menuitem', { name: 'Make a copy' }).click();
      await page.waitForURL((now) => now.href !== address);
      await chart.waitFor({ state: 'detached' });
      await draw();
      await page.getByRole('button', { name: 'Add to a dashboard' }).click();
      await page.getByLabel('Title').fill('Totals by person');
      await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
      await page.waitForURL(/\/dashboards\//);
      await page.getByText('Totals by person').first().waitFor();
      await page.getByRole('img', { name: 'Chart: Totals by person' }).waitFor();
    },
    patienceMs,
  );

  test(
    'has Dune beside it once there is a key',
    async () => {
      const { page } = person;
      await hub.open(page, '/data');
      await page.getByRole('button', { name: 'Connect Dune' }).click();
      await page.getByLabel('API key').fill('a-key-of-dune-7f3e');
      await expectAccessible(page);
      await page.getByRole('button', { name: 'Save the key' }).click();
      await page.getByText('Dune', { exact: true }).first().click();
      await page.getByText(/costs credits of your key/).waitFor();
      await expectAccessible(page);
      await page.setViewportSize(phone);
      expect(await findOverflow(page)).toBeLessThanOrEqual(0);
    },
    patienceMs,
  );
});
