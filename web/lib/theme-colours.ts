import { useMemo, useSyncExternalStore } from 'react';
import { findTheme, watchTheme } from './theme.ts';

/** A token of `tokens.css`, without its dashes. */
export type ReadColour = (token: string) => string;

const dark = () => matchMedia('(prefers-color-scheme: dark)');

function watch(listener: () => void): () => void {
  const device = dark();
  const end = watchTheme(listener);
  device.addEventListener('change', listener);
  return () => {
    end();
    device.removeEventListener('change', listener);
  };
}

const isDarkNow = () => findTheme() === 'dark' || (findTheme() === 'system' && dark().matches);

/** The theme's colours as numbers, for what is drawn outside the page's styles; another reader when the theme changes. */
export function useThemeColours(): { isDark: boolean; readColour: ReadColour } {
  const isDark = useSyncExternalStore(watch, isDarkNow);
  return useMemo(() => ({ isDark, readColour }), [isDark]);
}

function readColour(token: string): string {
  const probe = document.createElement('span');
  probe.style.color = `var(--${token})`;
  document.body.append(probe);
  const colour = getComputedStyle(probe).color;
  probe.remove();
  return colour;
}
