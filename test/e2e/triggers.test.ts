import { expect, test } from 'vitest';
import { desk, patienceMs, phone, useHubPages } from '#test/support/hub-pages.ts';

const hub = useHubPages();
const onDesk = hub.usePage({ viewport: desk, isSignedIn: true, timezoneId: 'Europe/Berlin' });
const onPhone = hub.usePage({ viewport: phone, isSignedIn: true });

test(
  'somebody who cannot program has an agent run every weekday at nine, and sees when',
  async () => {
    const { page } = onDesk;
    await hub.open(page, '/triggers');
    await page.getByRole('button', { name: 'New trigger' }).click();
    const form = page.getByRole('dialog', { name: 'New trigger' });
    await form.getByLabel('Agent', { exact: true }).selectOption({ label: 'Counting Desk' });
    await form.getByLabel('Name').fill('Morning sum');
    await form.getByLabel('How often').selectOption('weekdays');
    await form.getByLabel('Time', { exact: true }).fill('09:00');
    await form.getByLabel('Message to the agent').fill('What is 17 + 25?');
    const times = form.getByRole('status').getByRole('listitem');
    // Those of the hour and the days that were chosen before are shown until these come.
    const weekday = expect.stringMatching(/(Mon|Tue|Wed|Thu|Fri).*09:00/);
    await expect.poll(() => times.allTextContents()).toEqual(Array(5).fill(weekday));
    await form.getByLabel('How often').selectOption('expert');
    await form.getByLabel('Cron expression').fill('61 * * * *');
    await expect.poll(() => form.getByRole('status').textContent()).toContain('61');
    await form.getByLabel('How often').selectOption('weekdays');
    await form.getByRole('button', { name: 'Make the trigger' }).click();
    const card = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: 'Morning sum' }) });
    await expect.poll(() => card.textContent()).toMatch(/Every weekday at 9:00\sAM/);
    await card.getByRole('button', { name: 'Actions for Morning sum' }).click();
    await page.getByRole('menuitem', { name: 'Run now' }).click();
    await page.getByText('“Morning sum” runs').waitFor();
    await card.getByRole('button', { name: 'Actions for Morning sum' }).click();
    await page.getByRole('menuitem', { name: 'Runs and callbacks' }).click();
    await page.getByRole('link', { name: 'Open the conversation' }).click();
    await page.getByText('Started by the schedule “Morning sum”').waitFor();
    await page.getByRole('article', { name: 'Counting Desk' }).getByText('42').last().waitFor();
  },
  patienceMs,
);

test(
  'a webhook shows its secret once, and is tried from a phone',
  async () => {
    const { page } = onPhone;
    await hub.open(page, '/triggers');
    await page.getByRole('button', { name: 'New trigger' }).click();
    const form = page.getByRole('dialog', { name: 'New trigger' });
    await form.getByText('Another program calls it').click();
    await form.getByLabel('Agent', { exact: true }).selectOption({ label: 'Counting Desk' });
    await form.getByLabel('Name').fill('Sums');
    await form.getByLabel('Message to the agent').fill('What is {{payload.first}} + {{payload.second}}?');
    await form.getByLabel('JSON schema of the payload').fill('no schema');
    await form.getByRole('button', { name: 'Make the trigger' }).click();
    await form.getByText('Write a JSON schema').waitFor();
    await form.getByLabel('JSON schema of the payload').fill('{"type": "object", "required": ["first"]}');
    await form.getByRole('button', { name: 'Make the trigger' }).click();
    const secrets = page.getByRole('dialog', { name: 'Secret of the trigger' });
    await expect.poll(() => secrets.textContent()).toMatch(/whsec_\S+.*openssl dgst.*\/api\/hooks\//s);
    await secrets.getByRole('button', { name: 'I have kept it' }).click();
    await page.getByRole('button', { name: 'Actions for Sums' }).click();
    await page.getByRole('menuitem', { name: 'Runs and callbacks' }).click();
    const history = page.getByRole('dialog', { name: 'What “Sums” did' });
    await history.getByRole('tab', { name: 'Try it' }).click();
    await history.getByRole('button', { name: 'Send it' }).click();
    await history.getByText(/first/).last().waitFor();
    await history.getByLabel('Payload').fill('{"first": 17, "second": 25}');
    await history.getByRole('button', { name: 'Send it' }).click();
    await history.getByRole('link', { name: 'Open the conversation' }).click();
    await page.getByText('Started by the webhook “Sums”').waitFor();
    await page.getByText('What is 17 + 25?').first().waitFor();
  },
  patienceMs,
);
