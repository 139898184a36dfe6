import { join } from 'node:path';
import pg from 'pg';
import { writeFileSync } from 'node:fs';
import { toSocketAddress } from '#server/platform/embedded/open-embedded-database.ts';
import { launchBrowser } from '#test/support/chromium.ts';
import { createScriptedModel } from '#test/support/scripted-model/create-scripted-model.ts';
import { writeAnswer, writeTable } from './sample-answers.ts';
import { startHub, benchPerson } from './start-hub.ts';
import { storeConversation } from './store-conversation.ts';
const root = join(import.meta.dirname, '../../../../');
const model = await createScriptedModel({ models: ['bench'] });
const hub = await startHub(root, model.url);
const pool = new pg.Pool({ ...toSocketAddress(hub.dataFolder), max: 1 });
const store = async (length: number, answer: string) =>
  `${hub.url}/chat/${hub.agent}/${await storeConversation(pool, { length, answer })}`;
const pages = {
  agents: `${hub.url}/agents`,
  chat: await store(20, writeAnswer(1500)),
  builder: `${hub.url}/agents/${hub.agent}/edit`,
  table: await store(2, writeTable(2000)),
  text: await store(2, writeAnswer(200_000)),
};
const browser = await launchBrowser();
const context = await browser.newContext({ extraHTTPHeaders: { origin: hub.url } });
await context.request.post(`${hub.url}/api/session`, { data: benchPerson });
writeFileSync(
  '/tmp/lead-probe.json',
  JSON.stringify({ pages, storageState: await context.storageState(), url: hub.url }),
);
await browser.close();
console.log('ready', hub.url);
await new Promise(() => undefined);
