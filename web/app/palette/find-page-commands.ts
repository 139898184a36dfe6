import { MousePointerClick } from 'lucide-react';
import type { PaletteEntry } from './palette-entry.ts';

const commands =
  '[data-commands]:is(button, input, a), [data-commands] :is(button, a[href], input[type=radio], input[type=checkbox], [role=switch])';

/** What the open page itself offers, as far as it marks it (`data-commands`); `data-also` of one has words for what lies behind it. */
export function findPageCommands(): PaletteEntry[] {
  return [...document.querySelectorAll<HTMLElement>(commands)].flatMap((element) => {
    const label = toName(element);
    if (label === '' || isOutOfReach(element)) return [];
    const entry = { id: `command:${label}`, kind: 'action' as const, label, keywords: element.dataset['also'] ?? '' };
    return [{ ...entry, isHidden: true, icon: MousePointerClick, choose: () => void setTimeout(() => press(element)) }];
  });
}

function toName(element: HTMLElement): string {
  const name = element.getAttribute('aria-label') ?? (labelOf(element) ?? element).textContent;
  return name.replace(/\s+/g, ' ').trim();
}

const labelOf = (element: HTMLElement) => (element instanceof HTMLInputElement ? element.labels?.[0] : undefined);

const isOutOfReach = (element: HTMLElement): boolean =>
  element.matches(':disabled, [aria-disabled=true]') || !element.checkVisibility();

/** Presses it as a key does: a menu opens with its first action focused. */
function press(element: HTMLElement): void {
  element.focus();
  if (element.getAttribute('aria-haspopup') === 'menu') {
    element.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
    if (element.getAttribute('aria-expanded') === 'true') return;
  }
  element.click();
}
