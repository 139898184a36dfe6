import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import OpenAI from 'openai';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Run } from '#server/contract/run.ts';
import { borrowBrowser } from '#test/support/borrow-browser.ts';
import { expectAccessible } from '#test/support/accessibility.ts';
import { patienceMs } from '#test/support/hub-pages.ts';
import { type BuiltHub, startBuiltHub } from '#test/support/start-built-hub.ts';

const run = promisify(execFile);

let hub: BuiltHub;
let browser: Browser;
let giveBack: () => Promise<void>;
let page: Page;
let key: string;
const complaints: string[] = [];

beforeAll(async () => {
  [hub, { browser, giveBack }] = await Promise.all([startBuiltHub({ isFirst: true }), borrowBrowser()]);
  page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  page.setDefaultTimeout(20_000);
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
}, 150_000);
afterAll(async () => {
  await giveBack();
  await hub.stop();
});

describe('from a fresh hub to a program that calls an agent', () => {
  test('the one-time link makes the first administrator', async () => {
    await page.goto(hub.setUpLink);
    await page.getByLabel('Name').fill('Ada');
    await page.getByLabel(/e-?mail/i).fill('ada@example.org');
    await page
      .getByLabel(/password/i)
      .first()
      .fill('correct horse battery');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'The hub', level: 1 }).waitFor();
    await page.getByText('Counting Desk').first().waitFor();
  });

  test(
    'an agent is made in the builder, saves itself, and is tried in the preview',
    async () => {
      await page.goto(`${hub.url}/agents/new`);
      await page.getByLabel('Name', { exact: true }).fill('Percent helper');
      await page.getByRole('button', { name: /create|make/i }).click();
      await page.waitForURL(/\/edit$/);
      // The hand comes first, then the editor.
      await page.mouse.move(5, 5);
      await page.locator('.cm-content').waitFor();
      const instructions = page.getByRole('textbox', { name: 'Instructions' });
      await instructions.click();
      await page.keyboard.type('Work out percentages of {{amount}} with /calc');
      await page.getByRole('option', { name: /calculator/ }).click();
      await page.locator('.cm-known-mark').getByText('/calculator').waitFor();
      await page.getByRole('group', { name: 'Calculator' }).waitFor();
      await page.locator('.cm-unknown-mark').getByText('{{amount}}').waitFor();
      await expectAccessible(page);
      await page.emulateMedia({ colorScheme: 'light' });
      await page.keyboard.press('Escape');
      await page.keyboard.press('Tab');
      expect(await instructions.evaluate((field) => field === document.activeElement)).toBe(false);
      await instructions.fill('Work out percentages with /calculator.');
      await page
        .getByRole('status')
        .filter({ hasText: /^Saved/ })
        .first()
        .waitFor();
      const preview = page.getByRole('region', { name: 'Preview' });
      await preview.getByRole('textbox', { name: /Message to/ }).fill('What is 12.5% of 80?');
      await page.keyboard.press('Enter');
      await preview.getByRole('log').getByText('10', { exact: true }).waitFor();
    },
    patienceMs,
  );

  test('it is published and answers in the chat, with the tool step open to inspection', async () => {
    await page.getByRole('button', { name: 'Publish' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox').fill('First version');
    await dialog.getByRole('button', { name: /publish/i }).click();
    await dialog.waitFor({ state: 'hidden' });
    await page.goto(`${hub.url}/chat/percent-helper`);
    await page.getByRole('textbox', { name: /Message to/ }).fill('What is 15% of 200?');
    await page.keyboard.press('Enter');
    const log = page.getByRole('log');
    await log.getByText('30', { exact: true }).waitFor();
    await log
      .getByText(/Calculating/)
      .first()
      .click();
    await log
      .getByText(/expression/)
      .first()
      .waitFor();
    await page.waitForURL(/\/chat\/percent-helper\/.+/);
    await page.reload();
    await page.getByRole('log').getByText('30', { exact: true }).waitFor();
  });

  test('a key is made on the command line while the hub runs, as the README shows', async () => {
    const made = await run(
      process.execPath,
      [
        'server/start/launch.mjs',
        'hub',
        'key',
        'create',
        '--user',
        'ada@example.org',
        '--name',
        'demo',
        '--scopes',
        'agents:read,runs:write',
      ],
      { env: { ...process.env, HUB_DATA_DIR: hub.dataFolder } },
    );
    key = made.stdout.trim();
    expect(key).toMatch(/^atr_\w{40,}$/);
  });

  test('curl calls the same agent over REST', async () => {
    const { stdout } = await run('curl', [
      '-s',
      `${hub.url}/api/agents/percent-helper/runs`,
      '-H',
      `Authorization: Bearer ${key}`,
      '-H',
      'Content-Type: application/json',
      '-d',
      '{"input": "What is 12.5% of 80?"}',
    ]);
    const answer = JSON.parse(stdout) as Run;
    expect(answer).toMatchObject({ status: 'completed', agent: 'percent-helper', version: 1 });
    expect(answer.output).toContain('10');
    expect(answer.steps.some((step) => step.kind === 'tool' && step.tool === 'calculator')).toBe(true);
  });

  test('the openai package calls it, whole and streamed', async () => {
    const client = new OpenAI({ baseURL: `${hub.url}/v1`, apiKey: key });
    const names = (await client.models.list()).data.map((model) => model.id);
    expect(names).toContain('percent-helper');
    const messages = [{ role: 'user' as const, content: 'What is 12.5% of 80?' }];
    const whole = await client.chat.completions.create({ model: 'percent-helper@1', messages });
    expect(whole.choices[0]?.message.content).toContain('10');
    let streamed = '';
    for await (const chunk of await client.chat.completions.create({
      model: 'percent-helper',
      messages,
      stream: true,
    })) {
      streamed += chunk.choices[0]?.delta.content ?? '';
    }
    expect(streamed).toBe(whole.choices[0]?.message.content);
    const response = await client.responses.create({ model: 'percent-helper', input: 'What is 12.5% of 80?' });
    expect(response.output_text).toContain('10');
  });

  test('an agent is described: the closest template is proposed, taken, and the talk is there after a reload', async () => {
    await page.goto(`${hub.url}/agents/new`);
    await page.getByLabel('What should your agent do?').fill('I want an agent that translates contracts');
    await page.getByRole('button', { name: 'Draft it' }).click();
    const panel = page.getByRole('region', { name: 'Describe' });
    await panel.getByText('No language model is connected', { exact: true }).waitFor();
    const proposal = panel.getByRole('region', { name: 'Proposal' });
    await proposal.getByRole('button', { name: 'Apply all' }).click();
    await proposal.getByText('Applied').first().waitFor();
    await page.getByRole('heading', { level: 1, name: 'Translates contracts' }).waitFor();
    await page.reload();
    await proposal.getByText('Applied').first().waitFor();
    await page.getByRole('heading', { level: 1, name: 'Translates contracts' }).waitFor();
  });

  test('the browser had nothing to complain about', () => {
    expect(complaints).toEqual([]);
  });
});
