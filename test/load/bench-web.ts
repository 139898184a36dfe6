import { join } from 'node:path';
import pg from 'pg';
import type { Browser } from 'playwright-core';
import { toSocketAddress } from '#server/platform/embedded/open-embedded-database.ts';
import { launchBrowser } from '#test/support/chromium.ts';
import { createScriptedModel } from '#test/support/scripted-model/create-scripted-model.ts';
import { type Row, report } from './bench-rows.ts';
import { measureAnswers } from './measure-answers.ts';
import { measureGrid } from './measure-grid.ts';
import { measureInteractions } from './measure-interactions.ts';
import { measureLongConversation } from './measure-long-conversation.ts';
import { measurePages } from './measure-pages.ts';
import { writeAnswer, writeTable } from './sample-answers.ts';
import { type BenchHub, startHub } from './start-hub.ts';
import { storeConversation } from './store-conversation.ts';
import { signIn } from './web-page.ts';

const root = join(import.meta.dirname, '../../../../');
const rounds = 5;
const wanted = process.argv.slice(2);
const isWanted = (scenario: string) => wanted.length === 0 || wanted.includes(scenario);
const rows: Row[] = [];

const model = await createScriptedModel({ models: ['bench'] });
const hub = await startHub(root, model.url);
const browser = await launchBrowser();
try {
  await measure(hub, browser);
} finally {
  await browser.close();
  await hub.stop();
  await model.close();
  hub.remove();
}
report(rows, { root, rounds });

async function measure({ url, agent, dataFolder }: BenchHub, inBrowser: Browser) {
  const pool = new pg.Pool({ ...toSocketAddress(dataFolder), max: 1 });
  const store = async (length: number, answer: string) =>
    `${url}/chat/${agent}/${await storeConversation(pool, { length, answer })}`;
  const open = await signIn(inBrowser, url);
  try {
    const usual = await store(20, writeAnswer(1500));
    const pages = { 'agents list': `${url}/agents`, chat: usual, builder: `${url}/agents/${agent}/edit` };
    if (isWanted('load')) rows.push(...(await measurePages(open, pages, rounds)));
    if (isWanted('interaction')) rows.push(...(await measureInteractions(open, pages, rounds)));
    if (isWanted('stream')) rows.push(...(await measureAnswers(open, model, { url, agent })));
    if (isWanted('long')) {
      rows.push(...(await measureLongConversation(open, await store(5000, writeAnswer(600)), rounds)));
    }
    if (isWanted('grid')) rows.push(...(await measureGrid(open, url)));
    if (isWanted('heavy')) {
      const table = { 'a table of 2,000 rows': await store(2, writeTable(2000)) };
      const text = { 'an answer of 200 kB': await store(2, writeAnswer(200_000)) };
      rows.push(...(await measureInteractions(open, { ...table, ...text }, rounds)));
    }
  } finally {
    await pool.end();
  }
}
