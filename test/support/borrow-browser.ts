import type { Browser } from 'playwright-core';
import { launchBrowser } from './chromium.ts';

let shared: Promise<Browser> | undefined;

/** The browser of this process: starting one for each file costs as much as a whole journey. It ends with the process. */
export async function borrowBrowser(): Promise<{ browser: Browser; giveBack: () => Promise<void> }> {
  const known = await shared;
  const browser = known?.isConnected() === true ? known : await (shared = launchBrowser());
  return {
    browser,
    /** Closes what was opened, so that the next file finds nothing of it: each context has storage and caches of its own. */
    giveBack: async () => {
      await Promise.all(browser.contexts().map((context) => context.close()));
    },
  };
}
