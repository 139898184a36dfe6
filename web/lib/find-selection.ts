/** What is selected in a text area that has the focus, for the editor that takes its place; null where it has it not. */
export function findSelection(area: HTMLTextAreaElement | null): { from: number; to: number } | null {
  if (area === null || document.activeElement !== area) return null;
  return { from: area.selectionStart, to: area.selectionEnd };
}
