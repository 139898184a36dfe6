/** Whether a figure stands in a text, not as a part of a longer one. */
export function hasFigure(text: string, figure: string): boolean {
  return new RegExp(`(?<![\\d.])${figure.replaceAll('.', '\\.')}(?![\\d])`).test(text);
}
