import { useSyncExternalStore } from 'react';

/** `system` follows the device. */
export type Theme = 'system' | 'light' | 'dark';

const storageKey = 'atrium.theme';
const listeners = new Set<() => void>();

function isChosen(value: string | null | undefined): value is 'light' | 'dark' {
  return value === 'light' || value === 'dark';
}

/** The theme in force, as chosen on this device. */
export function findTheme(): Theme {
  const chosen = document.documentElement.dataset['theme'];
  return isChosen(chosen) ? chosen : 'system';
}

/** Has the page, what shines through it and the bars of the browser around it in a theme, as `public/before-paint.js` does at first. */
function showTheme(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
  const scheme = document.querySelector<HTMLMetaElement>('meta[name=color-scheme]');
  if (scheme) scheme.content = theme === 'system' ? 'light dark' : theme;
  for (const [place, meta] of document.querySelectorAll<HTMLMetaElement>('meta[name=theme-color]').entries()) {
    const own = place === 0 ? 'light' : 'dark';
    const followed = theme === 'system' ? `(prefers-color-scheme: ${own})` : theme === own ? 'all' : 'not all';
    meta.setAttribute('media', followed);
  }
}

/** Chooses the theme for this device and remembers it, where storage is open. */
export function setTheme(theme: Theme): void {
  showTheme(theme);
  try {
    if (theme === 'system') localStorage.removeItem(storageKey);
    else localStorage.setItem(storageKey, theme);
  } catch {
    // A closed storage only means that the choice lasts as long as the page.
  }
  for (const listener of listeners) listener();
}

/** Tells the listener when another theme is chosen; the answer ends it. */
export function watchTheme(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The theme and how to choose another. */
export function useTheme(): [Theme, (theme: Theme) => void] {
  return [useSyncExternalStore(watchTheme, findTheme, () => 'system'), setTheme];
}
