import { prepareHub } from '#server/start/prepare-hub.mjs';
import type { TestProject } from 'vitest/node';
import { findChromium } from './chromium.ts';
import prepareDatabase from './prepare-database.ts';
import { provideSharedHub } from './shared-hub.ts';

/** Vitest's global set-up of the browser tests: the built hub, its database, and a browser to look at it; and the hub that its files share. */
export default async function prepareForBrowser(project: TestProject) {
  await prepareHub();
  await findChromium();
  await prepareDatabase();
  return provideSharedHub(project);
}
