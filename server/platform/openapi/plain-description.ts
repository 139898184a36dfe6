import { withoutInvisible } from '#server/without-invisible.ts';

const tags =
  /<\/?(?:a|b|i|p|br|hr|em|ul|ol|li|h[1-6]|div|img|pre|code|span|strong|small|table|t[hrd]|thead|tbody)\b[^<>]{0,500}>/gi;
const links = /!?\[([^\][]{0,300})\]\([^()\s]{0,1000}\)/g;
/** Of a text that is longer, the rest is not looked at. */
const mostRead = 20_000;

/**
 * What a description says, as plain text of a few lines: no markup of HTML, no addresses of links, nothing invisible.
 *
 * Markdown stays, but for links: models and people read it.
 */
export function toPlainDescription(text: string, mostCharacters: number): string {
  const lines = text
    .slice(0, mostRead)
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replace(/\t/g, ' ');
  const plain = withoutInvisible(lines)
    .replace(tags, ' ')
    .replace(links, '$1')
    .replace(/ {2,}/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
  return cutText(plain, mostCharacters);
}

/** The same on one line. */
export function toPlainLine(text: string, mostCharacters: number): string {
  return cutText(toPlainDescription(text, mostRead).replace(/\s+/g, ' '), mostCharacters);
}

function cutText(text: string, mostCharacters: number): string {
  if (text.length <= mostCharacters) return text;
  const head = text.slice(0, mostCharacters - 1).replace(/[\ud800-\udbff]$/, '');
  const wordEnd = head.search(/\s\S*$/);
  return `${wordEnd > mostCharacters / 2 ? head.slice(0, wordEnd) : head}…`;
}
