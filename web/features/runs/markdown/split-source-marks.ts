const mark = /\[(\d{1,3})\](?!\()/g;

/** A text in parts: `[2]` becomes the number 2 where there is such a source, everything else stays text. */
export function splitSourceMarks(text: string, known: ReadonlySet<number>): (string | number)[] {
  const parts: (string | number)[] = [];
  let end = 0;
  for (const match of text.matchAll(mark)) {
    const number = Number(match[1]);
    if (!known.has(number)) continue;
    if (match.index > end) parts.push(text.slice(end, match.index));
    parts.push(number);
    end = match.index + match[0].length;
  }
  if (end < text.length) parts.push(text.slice(end));
  return parts;
}
