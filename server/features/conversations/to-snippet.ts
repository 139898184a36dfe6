import type { ConversationHit } from '#server/contract/conversation-hit.ts';

type Snippet = ConversationHit['snippet'];

const before = 40;
const longest = 160;

const escape = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** A passage of a text in Markdown around the first word that was looked for, in pieces. Pure. */
export function toSnippet(text: string, words: readonly string[]): Snippet {
  const pattern = words.map(escape).join('|');
  const isFound = (among: string) => new RegExp(pattern, 'iu').test(among);
  const plain = withoutMarks(text);
  // What was looked for may be a mark itself.
  const said = (isFound(plain) ? plain : text).replace(/\s+/g, ' ').trim();
  const first = new RegExp(pattern, 'iu').exec(said)?.index ?? 0;
  const from = first <= before ? 0 : findGap(said, first - before, first);
  const passage = withoutHalves(said.slice(from, from + longest));
  const pieces = passage
    .split(new RegExp(`(${pattern})`, 'iu'))
    .map((piece, place) => ({ text: piece, isHit: place % 2 === 1 }))
    .filter((piece) => piece.text !== '');
  return [
    ...(from > 0 ? [{ text: '…', isHit: false }] : []),
    ...pieces,
    ...(from + longest < said.length ? [{ text: '…', isHit: false }] : []),
  ];
}

/** Without what only gives a text its form: headings, quotes, bold, code, and the lines of tables. */
const withoutMarks = (text: string) =>
  text.replace(/^[ \t]*(?:#{1,6}|>)[ \t]+|^[ \t|:]*-[-\t |:]*$|^[ \t]*```.*$|\*\*|`/gm, '').replace(/\|/g, ' ');

/** The start of a word between two places, where there is one. */
function findGap(text: string, from: number, to: number): number {
  const gap = text.indexOf(' ', from);
  return gap === -1 || gap >= to ? from : gap + 1;
}

/** Without halves of a character that was cut in two. */
const withoutHalves = (text: string) => text.replace(/^[\uDC00-\uDFFF]|[\uD800-\uDBFF]$/g, '');
