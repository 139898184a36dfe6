import { prepareHub } from '#server/start/prepare-hub.mjs';
import { findChromium } from './chromium.ts';
import prepareDatabase from './prepare-database.ts';

/** Vitest's global set-up of the browser tests: the built hub, its database, and a browser to look at it. */
export default async function prepareForBrowser() {
  await prepareHub();
  await findChromium();
  await prepareDatabase();
}
