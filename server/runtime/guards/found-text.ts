/** A place in a text that a guard found, `start` to `end` of it; `what` names its kind, never its content. */
export type FoundText = { start: number; end: number; what: string };

/** A kind of guard at work. */
export type Detector = {
  find: (text: string) => FoundText[];
  /** From where on a text that goes on could still become something that `find` finds: what stands before is certain. */
  findOpen: (text: string) => number;
};

/** Every match of a linear pattern, as a place. */
export function findMatches(
  text: string,
  pattern: RegExp,
  what: string,
  isReal: (match: string, at: number) => boolean = () => true,
): FoundText[] {
  const found: FoundText[] = [];
  for (const match of text.matchAll(pattern)) {
    const [whole] = match;
    if (isReal(whole, match.index)) found.push({ start: match.index, end: match.index + whole.length, what });
  }
  return found;
}

/** Where the characters at the end of a text begin that `isPart` of something may all be; at most `most` of them. */
export function findTail(text: string, isPart: RegExp, most: number): number {
  let start = text.length;
  const least = Math.max(0, text.length - most);
  while (start > least && isPart.test(text.charAt(start - 1))) start -= 1;
  return start;
}
