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

/**
 * Makes the function that tells where the characters at the end of a text begin that `isPart` of something (ASCII) may all
 * be; at most `most` of them. It is asked at every piece of a stream, so it looks them up.
 */
export function createTailFinder(isPart: RegExp, most: number): (text: string) => number {
  const isIn = Uint8Array.from({ length: 128 }, (_, code) => Number(isPart.test(String.fromCharCode(code))));
  return (text) => {
    let start = text.length;
    const least = Math.max(0, text.length - most);
    while (start > least && isIn[text.charCodeAt(start - 1)] === 1) start -= 1;
    return start;
  };
}
