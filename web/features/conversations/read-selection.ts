/** The words of a message that the person has marked; null where none are. */
export function readSelection(message: string): string | null {
  const selection = window.getSelection();
  const text = selection?.toString().trim() ?? '';
  const within = document.querySelector(`[data-message="${CSS.escape(message)}"]`);
  return text !== '' && within?.contains(selection?.anchorNode ?? null) ? text : null;
}
