/** Whether what had the focus is gone; the place of toasts has it only while they offer something. */
export const isFocusLost = () =>
  document.activeElement === document.body || document.activeElement?.matches('[data-toasts]') === true;
const takesFocus =
  'a[href], button:not(:disabled), input:not(:disabled), select:not(:disabled), textarea:not(:disabled)';

/** What a person acts on: what has the focus, or what its menu opened from. */
export function findActedOn(): Element | null {
  const { activeElement } = document;
  const menu = activeElement?.closest('[role=menu]');
  return menu ? document.getElementById(menu.getAttribute('aria-labelledby') ?? '') : activeElement;
}

/**
 * Remembers what stands beside something that may go; the answer gives the focus there, unless it is somewhere by then.
 *
 * That is what follows, else what comes before, in its list, then in what is around that. Called before the page changes,
 * and its answer afterwards; the focus moves once the change is drawn.
 */
export function holdPlace(element: Element | null): () => void {
  const around = listNeighbours(element);
  return () => {
    // The lists are drawn in the timer before.
    setTimeout(() => {
      if (!isFocusLost()) return;
      for (const neighbour of around) {
        if (!neighbour.isConnected) continue;
        const wanted = neighbour.matches(takesFocus) ? neighbour : neighbour.querySelector(takesFocus);
        if (wanted instanceof HTMLElement) wanted.focus();
        // What is out of sight takes no focus.
        if (!isFocusLost()) return;
      }
    });
  };
}

/** Takes away the thing that a person acts on, and gives the focus to what stands beside it. */
export function removeInPlace(remove: () => void): void {
  const keepFocus = holdPlace(findActedOn());
  remove();
  keepFocus();
}

/** Moves the thing that a person acts on, and keeps the focus on what moved it: browsers lose it where it is put in anew. */
export function moveInPlace(move: () => void): void {
  const button = findActedOn();
  move();
  setTimeout(() => {
    if (button instanceof HTMLElement && button.isConnected && isFocusLost()) button.focus();
  });
}

function listNeighbours(element: Element | null): Element[] {
  const around: Element[] = [];
  for (let one = element; one !== null && !one.matches('main, body, [role=dialog]'); one = one.parentElement) {
    const siblings = [...(one.parentElement?.children ?? [])];
    const at = siblings.indexOf(one);
    around.push(...siblings.slice(at + 1), ...siblings.slice(0, at).reverse());
  }
  return around;
}
