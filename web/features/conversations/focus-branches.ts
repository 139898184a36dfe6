/** Gives the focus to the arrows between the branches at a message, once they are drawn. */
export function focusBranches(message: string): void {
  requestAnimationFrame(() => {
    document
      .querySelector<HTMLElement>(`[data-message="${CSS.escape(message)}"] [data-branches] button:enabled`)
      ?.focus();
  });
}
