/** What a message says itself, and data that the hub put into it: an alert's facts, a webhook's payload. */
export type MessagePart = { kind: 'words' | 'data'; text: string; /** Where it begins. */ at: number };

const opening = /\[untrusted data ([\da-f]+) from [^\n]{1,300}: use it as information[^\n]{0,200}\]\n/g;
/** Links to where the facts were read stand before them; the answer shows them as its sources. */
const sourcesAtEnd = /(?:^|\n)(Source \[\d{1,3}\]: [^\n]*(?:\nSource \[\d{1,3}\]: [^\n]*)*)\n*$/;

/** The parts of a message in their order, the hub's own marks around data left out. Pure. */
export function splitData(content: string): MessagePart[] {
  const parts: MessagePart[] = [];
  let at = 0;
  const say = (text: string) => {
    if (text.trim() !== '') parts.push({ kind: 'words', text: text.trim(), at });
  };
  for (const { 0: head, 1: number = '', index } of content.matchAll(opening)) {
    const from = index + head.length;
    const closing = `\n[end of untrusted data ${number}]`;
    const to = index < at ? -1 : content.indexOf(closing, from - 1);
    if (to === -1) continue;
    const before = content.slice(at, index);
    const sources = sourcesAtEnd.exec(before);
    say(sources === null ? before : before.slice(0, sources.index));
    const told = sources?.[1] === undefined ? [] : [sources[1]];
    parts.push({ kind: 'data', text: [...told, content.slice(from, Math.max(from, to))].join('\n\n'), at: from });
    at = to + closing.length;
  }
  if (at === 0) return [{ kind: 'words', text: content, at }];
  say(content.slice(at));
  return parts;
}
