import type { Locator, Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { expectAccessible } from '#test/support/accessibility.ts';
import { desk, findOverflow, patienceMs, phone, reach, useHubPages } from '#test/support/hub-pages.ts';
import { type Say, sayIn } from '#test/support/say-in.ts';

const hub = useHubPages();

type Act = (target: Locator) => Promise<void>;

const words = {
  en: { wish: 'Add up what I spend and draw a chart of it', note: 'The first one', desk: 'Counting Desk' },
  'zh-CN': { wish: '把我的花费加起来，并画成图表', note: '第一版', desk: '计算台' },
};

type Person = 'newcomer' | 'creator' | 'asker';
/** Each journey at a desk without a mouse and on a phone by touch, and in each language in one of the two. */
const places = [
  { language: 'en', device: 'desktop', ledger: 'Acorn ledger', people: ['newcomer', 'asker'] },
  { language: 'zh-CN', device: 'desktop', ledger: 'Birch ledger', people: ['creator'] },
  { language: 'en', device: 'phone', ledger: 'Cedar ledger', people: ['creator'] },
  { language: 'zh-CN', device: 'phone', ledger: 'Daisy ledger', people: ['newcomer', 'asker'] },
] satisfies { language: keyof typeof words; device: string; ledger: string; people: Person[] }[];
const ledgers = [
  'Acorn',
  'Birch',
  'Cedar',
  'Daisy',
  'Elm',
  'Fern',
  'Ginkgo',
  'Hazel',
  'Ivy',
  'Juniper',
  'Larch',
  'Maple',
];
const sum = '17 + 25';

beforeAll(async () => {
  await Promise.all(
    ledgers.map((name) =>
      hub.post('/api/agents', {
        name: `${name} ledger`,
        definition: { tools: [{ id: 'calculator' }], instructions: 'Add up what people spend.' },
      }),
    ),
  );
});

describe.each(places)('in $language at the $device', ({ language, device, ledger, people }) => {
  const say = sayIn(language);
  const word = words[language];
  const isPhone = device === 'phone';
  const screen = isPhone ? { viewport: phone, hasTouch: true, isMobile: true } : { viewport: desk };
  const person = hub.usePage({ ...screen, isSignedIn: true, locale: language });
  const testAs = (who: Person, title: string, journey: () => Promise<void>) => {
    if (people.some((one) => one === who)) test(title, journey, patienceMs);
  };
  /** Presses something: with a finger on a phone, at a desk without a mouse. */
  const act: Act = async (target) => {
    if (isPhone) return target.tap();
    await reach(person.page, target);
    await person.page.keyboard.press('Enter');
  };

  testAs('newcomer', 'who never built an agent says what it should do, tries the draft, and publishes it', async () => {
    const { page } = person;
    await hub.open(page, '/agents/new');
    await page.getByLabel(say('agents:describe.label')).fill(word.wish);
    await act(page.getByRole('button', { name: say('agents:describe.submit'), exact: true }));
    await page.waitForURL(/\/edit/);
    const proposal = page.getByRole('region', { name: say('proposals:card.label') });
    await proposal.waitFor();
    await expectAccessible(page);
    await act(proposal.getByRole('button', { name: say('proposals:card.applyAll') }));
    await proposal.getByText(say('proposals:card.applied')).first().waitFor();
    await waitUntilSaved(page, say);
    if (isPhone) await page.getByRole('radio', { name: say('agents:builder.preview') }).check({ force: true });
    const preview = page.getByRole('region', { name: say('agents:builder.preview') });
    await ask(page, preview, sum);
    await preview.getByRole('log').getByText('42', { exact: true }).first().waitFor();
    await expectRoom(page);
    await publish(page, say, word.note, act);
    await page.goto(page.url().replace(/\/agents\/([^/]+)\/edit.*/, '/chat/$1'));
    await page.getByRole('textbox').first().waitFor();
    await expectRoom(page);
  });

  testAs('creator', 'a creator with twelve agents finds one, adds a test, and publishes what passes', async () => {
    const { page } = person;
    await hub.open(page, '/agents');
    await page.getByLabel(say('agents:list.search')).fill(ledger);
    const cards = page.getByRole('list', { name: say('agents:list.label') });
    await expect
      .poll(() => cards.getByRole('heading', { level: 3 }).allTextContents(), { timeout: 20_000 })
      .toEqual([ledger]);
    await cards.getByRole('button', { name: say('agents:list.actions', { name: ledger }) }).click();
    await page.getByRole('menuitem', { name: say('agents:list.duplicate') }).click();
    await page.waitForURL(/\/edit/);
    await page.getByRole('heading', { level: 1 }).first().waitFor();
    await page.getByRole('radio', { name: say('agents:builder.tests') }).check({ force: true });
    await act(page.getByRole('button', { name: say('evals:new') }).first());
    const form = page.getByRole('dialog');
    await form.getByLabel(say('evals:form.question')).fill(sum);
    await form.getByLabel(say('evals:check.texts')).fill('42');
    await act(form.getByRole('button', { name: say('evals:form.create') }));
    await form.waitFor({ state: 'hidden' });
    await act(page.getByRole('button', { name: say('evals:runAll') }));
    await page.getByText(say('evals:run.completed', { passed: 1, all: 1 })).waitFor();
    await expectRoom(page);
    await publish(page, say, word.note, act);
  });

  testAs(
    'asker',
    'who only wants an answer finds an agent, asks it, says that it was good, and asks again in other words',
    async () => {
      const { page } = person;
      await hub.open(page, '/');
      await page.getByLabel(say('hub:filter.search')).fill(word.desk);
      // The featured agents make room for what is found.
      await page.waitForURL(/search=/);
      const found = page.getByRole('region', { name: say('hub:front.list') });
      const heart = found.getByRole('button', { name: say('hub:favourite.label', { name: word.desk }) });
      const isKept = await heart.getAttribute('aria-pressed');
      await act(heart);
      await expect.poll(() => heart.getAttribute('aria-pressed')).not.toBe(isKept);
      await act(found.getByRole('link', { name: say('hub:card.chatWith', { name: word.desk }) }));
      const chat = page.getByRole('main');
      await ask(page, chat, sum);
      const log = page.getByRole('log');
      await log.getByText('42', { exact: true }).first().waitFor();
      await act(log.getByRole('button', { name: say('feedback:rating.up') }));
      await act(page.getByRole('dialog').getByRole('button', { name: say('feedback:dialog.skip') }));
      await log.getByRole('article').first().hover();
      await log
        .getByRole('button', { name: say('conversations:chat.edit') })
        .first()
        .click();
      await log.getByRole('textbox', { name: say('conversations:edit.text') }).fill('17 + 26');
      await page.keyboard.press('Control+Enter');
      await log.getByText('43', { exact: true }).first().waitFor();
      await log.getByRole('group', { name: say('conversations:branch.shown', { number: 2, count: 2 }) }).waitFor();
      await expectRoom(page);
    },
  );
});

async function ask(page: Page, place: Pick<Page, 'getByRole'>, text: string) {
  await place.getByRole('textbox').last().fill(text);
  await page.keyboard.press('Enter');
}

async function waitUntilSaved(page: Page, say: Say) {
  const saved = page.getByRole('status').filter({ hasText: new RegExp(`^${say('agents:save.saved')}`) });
  await saved.first().waitFor();
}

async function publish(page: Page, say: Say, note: string, act: Act) {
  await waitUntilSaved(page, say);
  await act(page.getByRole('button', { name: say('agents:builder.publish'), exact: true }));
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: say('agents:publish.note') }).fill(note);
  await act(dialog.getByRole('button', { name: say('agents:builder.publish') }));
  await dialog.waitFor({ state: 'hidden' });
  await page
    .getByText(say('agents:publish.done', { version: 1 }))
    .filter({ visible: true })
    .first()
    .waitFor();
}

/** Nothing is cut off or scrolls sideways. */
async function expectRoom(page: Page) {
  expect(await findOverflow(page)).toBeLessThanOrEqual(0);
}
