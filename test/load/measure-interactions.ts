import type { Locator, Page } from 'playwright-core';
import type { Row } from './bench-rows.ts';
import { median } from './load.ts';
import { type BenchPage, lookAnew, lookAt, readSlowestInteraction, slowDown } from './web-page.ts';

type Open = (options: { slower: number }) => Promise<BenchPage>;
type Doing = { measure: string; place: (page: Page) => Locator; act: (page: Page) => Promise<void> };

const limitMs = 100;
/** From one key to the next of somebody who writes 150 words a minute. */
const keyMs = 80;
/** Nobody finds what to press next any sooner, or presses what they are just pointing at. */
const betweenMs = 1000;
const aimMs = 200;
const composer = (page: Page) => page.getByRole('textbox', { name: /^Message to/ }).last();
const menu = (page: Page) => page.locator('main [aria-haspopup=menu]:visible').first();
const sections = (page: Page) => page.locator('aside nav a');
const settings = (page: Page) => page.getByRole('navigation', { name: 'Sections' }).getByRole('link');

/** What a person does most, in each page that offers it. */
const doings: Doing[] = [
  {
    measure: 'typing in the composer',
    place: (page) => composer(page),
    act: (page) => composer(page).pressSequentially('What moved the price of the token today?', { delay: keyMs }),
  },
  {
    measure: 'opening a menu',
    place: (page) => menu(page),
    act: async (page) => {
      await press(menu(page));
      await page.getByRole('menuitem').first().waitFor();
      await page.keyboard.press('Escape');
    },
  },
  {
    measure: 'switching the section of the builder',
    place: (page) => settings(page).first(),
    act: async (page) => {
      for (const link of await settings(page).all()) await press(link);
    },
  },
  {
    measure: 'switching the section of the hub',
    place: (page) => sections(page).first(),
    act: async (page) => {
      for (const link of (await sections(page).all()).slice(0, 4)) await press(link);
    },
  },
];

/** Presses it with the mouse; where it is was asked before, for the page is at work while it answers. */
async function press(target: Locator): Promise<void> {
  await target.page().waitForTimeout(betweenMs);
  await target.scrollIntoViewIfNeeded();
  const box = await target.boundingBox();
  if (box === null) throw new Error('What is to be pressed cannot be seen.');
  const { mouse } = target.page();
  await mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await target.page().waitForTimeout(aimMs);
  await mouse.down();
  await mouse.up();
}

/** The slowest interaction of each kind, to its next paint: the median of several rounds, each in a browser that knows nothing. */
export async function measureInteractions(open: Open, pages: Record<string, string>, rounds: number): Promise<Row[]> {
  const rows: Row[] = [];
  for (const [name, address] of Object.entries(pages)) {
    const slowestMs = new Map<string, number[]>();
    for (let round = 0; round < rounds; round += 1) {
      for (const [measure, ms] of await measureRound(open, address)) {
        slowestMs.set(measure, [...(slowestMs.get(measure) ?? []), ms]);
      }
    }
    for (const [measure, all] of slowestMs) {
      rows.push({
        scenario: 'interaction',
        measure: `${name}: ${measure}, CPU ÷ ${slowDown}`,
        hub: median(all),
        unit: 'ms',
        limit: limitMs,
      });
    }
  }
  return rows;
}

async function measureRound(open: Open, address: string): Promise<[measure: string, ms: number][]> {
  const bench = await open({ slower: slowDown });
  const { page, close } = bench;
  const measured: [string, number][] = [];
  await lookAt(bench);
  await page.goto(address, { waitUntil: 'networkidle' });
  await page.mouse.move(700, 500);
  await page.waitForLoadState('networkidle');
  for (const { measure, place, act } of doings) {
    if (!(await appears(place(page)))) continue;
    await lookAnew(page);
    await act(page);
    measured.push([measure, await readSlowestInteraction(page)]);
  }
  await close();
  return measured;
}

const appears = (place: Locator) =>
  place.waitFor({ timeout: 5000 }).then(
    () => true,
    () => false,
  );
