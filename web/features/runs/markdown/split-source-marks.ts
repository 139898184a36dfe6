const mark = /\[(\d{1,3})\](?!\()/g;

/** A text in parts: `[2]` becomes the number 2, everything else stays text. */
export function splitSourceMarks(text: string): (string | number)[] {
  const parts: (string | number)[] = [];
  let end = 0;
  for (const match of text.matchAll(mark)) {
    if (match.index > end) parts.push(text.slice(end, match.index));
    parts.push(Number(match[1]));
    end = match.index + match[0].length;
  }
  if (end < text.length) parts.push(text.slice(end));
  return parts;
}
