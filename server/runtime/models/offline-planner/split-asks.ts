import { hide, type Found } from './found.ts';
import { findImpliedChain } from './known-names.ts';
import { recogniseBlocks, recogniseWords } from './recognise.ts';
import { detectLanguage, type Language } from './wording.ts';

/** One of the things that a message asks for. */
export type Ask = {
  text: string;
  /** The text with blocks blanked out. */
  words: string;
  /** The words without figures, dates and places: what tools are ranked by. */
  terms: string;
  found: Found[];
  language: Language;
};

/** What "today" counts from, and the language of what has no words of its own. */
type Setting = { now: Date; language: Language };

const mostAsks = 12;
const mostFound = 60;
const longestTerms = 4_000;
const figures = new Set<Found['kind']>([
  'date',
  'span',
  'duration',
  'time-zone',
  'expression',
  'number',
  'top',
  'function',
]);

const verb =
  "what(?:'s|s)?|how|when|who|which|show|give|tell|get|read|open|fetch|summari[sz]e|calculate|compute|multiply|divide|add|subtract|double|halve|convert|plot|chart|draw|graph|make|create|generate|explain|check|find|search|look|list|translate|send|times|plus|minus";
const separator = new RegExp(
  [
    '[ \\t]{0,3}[,，]?[ \\t]{0,3}\\b(?:and then|and after that|after that|then|afterwards|and also|finally)\\b[,:]?[ \\t]{0,3}',
    '[ \\t]{0,3}[,，。]?[ \\t]{0,3}(?:然后再?|接着|之后再?|随后|最后(?![一两二三几\\d的])|并且|同时|再(?=乘|除|加|减|画|读|查|算|把|用))[，：]?[ \\t]{0,3}',
    '[;；][ \\t]{0,3}',
    '[?？!！。]\\s*(?=[^\\s（(])',
    '\\.\\s+(?=\\S)',
    `[ \\t]{0,3},?\\s\\band\\s+(?!tell\\b)(?=(?:${verb})\\b)`,
    `,\\s+(?=(?:${verb})\\b)`,
    '[，,]\\s*(?=(?:现在)?(?:读|查|算|计算|画|生成|解释|告诉|打开|搜索|翻译|把|用)|[^，,]{0,8}几点)',
    '\\n\\s*(?:\\d+[.)、]|[-*•])\\s+',
    '\\n{2,}',
  ].join('|'),
  'giu',
);

const supposition = /^[\s\p{P}]*(?:if|suppose|supposing|assuming|say|如果|假如|假设|要是|若)(?![\p{Script=Latin}])/iu;

/** The asks of a message in order, cut at "and then", "；", "然后", sentence ends and list marks, never inside a block. */
export function splitAsks(text: string, { now, language }: Setting): Ask[] {
  const blocks = recogniseBlocks(text);
  const words = hide(text, blocks);
  const ranges: [start: number, end: number][] = [];
  let start = 0;
  for (const cut of words.matchAll(separator)) {
    // "If I swap 2, how much do I get?" asks one thing.
    if (/^[,，]$/.test(cut[0].trim()) && supposition.test(words.slice(start, cut.index))) continue;
    ranges.push([start, cut.index]);
    start = cut.index + cut[0].length;
  }
  ranges.push([start, words.length]);
  const spoken = ranges.filter(([from, to]) => /\S/.test(words.slice(from, to)));
  const kept = spoken.length > mostAsks ? [...spoken.slice(0, mostAsks / 2), ...spoken.slice(-mostAsks / 2)] : spoken;
  const setting = { now, language: detectLanguage(words, language) };
  return shareChain(kept.map(([from, to]) => toAsk(text, words, blocks, [from, to], setting)));
}

/** A chain that is named once is meant by all that the message asks. */
function shareChain(asks: Ask[]): Ask[] {
  const named = asks.flatMap(({ found }) => found.filter(({ kind }) => kind === 'chain'));
  const [chain] = named;
  if (chain === undefined || named.some(({ value }) => value !== chain.value)) return asks;
  return asks.map((ask) =>
    ask.found.some(({ kind }) => kind === 'chain') ? ask : { ...ask, found: [...ask.found, { ...chain, weak: true }] },
  );
}

function toAsk(
  text: string,
  words: string,
  blocks: Found[],
  [start, end]: [number, number],
  { now, language }: Setting,
): Ask {
  const own = words.slice(start, end);
  const inside = blocks.filter((block) => block.start >= start && block.start < end);
  const spoken = recogniseWords(own, start, now);
  const found = [...inside.slice(0, mostFound), ...spoken.slice(0, mostFound)].map((item) => ({
    ...item,
    before: words.slice(Math.max(start, item.start - 24), item.start),
    after: words.slice(item.end, item.end + 16),
  }));
  const known = spoken
    .filter((item) => figures.has(item.kind))
    .map((item) => ({ ...item, start: item.start - start, end: item.end - start }));
  const implied = findImpliedChain(found);
  return {
    text: text.slice(start, end).trim(),
    words: own,
    terms: hide(own, known).slice(0, longestTerms),
    found: implied === null ? found : [...found, implied],
    language: detectLanguage(own, language),
  };
}

/** Two asks as one: the second only added to what the first wants. */
export function joinAsks(first: Ask, second: Ask): Ask {
  return {
    text: `${first.text}\n${second.text}`,
    words: `${first.words}\n${second.words}`,
    terms: `${first.terms}\n${second.terms}`,
    found: [...first.found, ...second.found],
    language: first.language,
  };
}
