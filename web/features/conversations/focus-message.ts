/** Gives the focus to the first control of a message, or of a part of it, once it is drawn. */
export function focusMessage(message: string, part = ''): void {
  requestAnimationFrame(() => {
    document.querySelector<HTMLElement>(`[data-message="${CSS.escape(message)}"] ${part} button:enabled`)?.focus();
  });
}
