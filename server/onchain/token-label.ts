/** A name of a megabyte is not worth reading. */
const mostRead = 2_000;

/**
 * A name or symbol that a contract gives itself, made safe to show: no control, bidirectional, zero-width or private
 * characters, one line, at most `longest` characters. It is still only what a stranger wrote.
 */
export function toTokenLabel(text: string, longest: number): string {
  const plain = text
    .slice(0, mostRead)
    .normalize('NFKC')
    .replace(/[\p{C}\p{Zl}\p{Zp}\u3164\uffa0\u115f\u1160]/gu, '')
    .replace(/\s+/gu, ' ')
    .trim();
  const characters = [...plain];
  return characters.length <= longest ? plain : `${characters.slice(0, longest - 1).join('')}…`;
}
