import { findDataBlocks } from './data-blocks.ts';

/** What a message says itself, and data that the hub put into it: an alert's facts, a webhook's payload. */
export type MessagePart = { kind: 'words' | 'data'; text: string; /** Where it begins. */ at: number };

/** Links to where the facts were read stand before them; the answer shows them as its sources. */
const sourcesAtEnd = /(?:^|\n)(Source \[\d{1,3}\]: [^\n]*(?:\nSource \[\d{1,3}\]: [^\n]*)*)\n*$/;

/** The parts of a message in their order, the hub's own marks around data left out. Pure. */
export function splitData(content: string): MessagePart[] {
  const parts: MessagePart[] = [];
  let at = 0;
  const say = (text: string) => {
    if (text.trim() !== '') parts.push({ kind: 'words', text: text.trim(), at });
  };
  for (const block of findDataBlocks(content)) {
    const before = content.slice(at, block.start);
    const sources = sourcesAtEnd.exec(before);
    say(sources === null ? before : before.slice(0, sources.index));
    const told = sources?.[1] === undefined ? [] : [sources[1]];
    parts.push({ kind: 'data', text: [...told, block.text].join('\n\n'), at: block.start });
    at = block.end;
  }
  if (at === 0) return [{ kind: 'words', text: content, at }];
  say(content.slice(at));
  return parts;
}

/** A block of code that nothing in it can end. Pure. */
export function fenceText(text: string, language = ''): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const ticks = '`'.repeat(longest + 1);
  return `${ticks}${language}\n${text}\n${ticks}`;
}

/**
 * A message as Markdown that people take elsewhere: its words as they are, its data as a quoted block under a name of what it is,
 * in which nothing of it is Markdown. Pure.
 */
export const quoteData = (content: string, name: string): string =>
  splitData(content)
    .map(({ kind, text }) =>
      kind === 'words'
        ? text
        : [`${name}:`, '', ...fenceText(text).split('\n')].map((line) => `> ${line}`.trimEnd()).join('\n'),
    )
    .join('\n\n');
