import { useSyncExternalStore } from 'react';

/** Chromium's; the standard library knows no type of it. */
type InstallPromptEvent = Event & { prompt: () => Promise<unknown> };
/** Where `public/before-paint.js` keeps it. */
const page = globalThis as { installOffer?: InstallPromptEvent | undefined };

const taken = 'install-offer-taken';

/** Has the browser ask whether to install the page; it lets itself be asked once. */
export async function takeInstallOffer(): Promise<void> {
  const event = page.installOffer;
  page.installOffer = undefined;
  window.dispatchEvent(new Event(taken));
  await event?.prompt();
}

/** How this page becomes an app here: by a press, by hand in the browser's menu, or not at all (it may be one already). */
export function useInstallOffer(): 'press' | 'by-hand' | null {
  return useSyncExternalStore(watch, findOffer, () => null);
}

function watch(listener: () => void): () => void {
  const forget = () => {
    page.installOffer = undefined;
    listener();
  };
  window.addEventListener('beforeinstallprompt', listener);
  window.addEventListener(taken, listener);
  window.addEventListener('appinstalled', forget);
  return () => {
    window.removeEventListener('beforeinstallprompt', listener);
    window.removeEventListener(taken, listener);
    window.removeEventListener('appinstalled', forget);
  };
}

function findOffer(): 'press' | 'by-hand' | null {
  if (page.installOffer !== undefined) return 'press';
  // Only Safari on phones and tablets has it, and it offers nothing by itself.
  return 'standalone' in navigator && navigator.standalone === false ? 'by-hand' : null;
}
