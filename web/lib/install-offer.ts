import { useSyncExternalStore } from 'react';

/** Chromium's; the standard library knows no type of it. */
type InstallPromptEvent = Event & { prompt: () => Promise<unknown> };

let offered: InstallPromptEvent | null = null;
const listeners = new Set<() => void>();

function keep(event: InstallPromptEvent | null): void {
  offered = event;
  for (const listener of listeners) listener();
}

/** Keeps the browser's offer to install the page until a person asks for it; it comes once, early, and only to who listens. */
export function keepInstallOffer(): void {
  window.addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault();
    keep(event as InstallPromptEvent);
  });
  window.addEventListener('appinstalled', () => keep(null));
}

/** Has the browser ask whether to install the page; it lets itself be asked once. */
export async function takeInstallOffer(): Promise<void> {
  const event = offered;
  keep(null);
  await event?.prompt();
}

/** How this page becomes an app here: by a press, by hand in the browser's menu, or not at all (it may be one already). */
export function useInstallOffer(): 'press' | 'by-hand' | null {
  return useSyncExternalStore(watch, findOffer, () => null);
}

function watch(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function findOffer(): 'press' | 'by-hand' | null {
  if (offered !== null) return 'press';
  // Only Safari on phones and tablets has it, and it offers nothing by itself.
  return 'standalone' in navigator && navigator.standalone === false ? 'by-hand' : null;
}
