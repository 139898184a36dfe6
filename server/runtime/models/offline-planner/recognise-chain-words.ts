import { findAll, hide, type Found, type FoundKind } from './found.ts';
import { readSmallNumber } from './small-numbers.ts';

const count = '(\\d{1,4}|[一二两三四五六七八九十]{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty)';
const superlative =
  'biggest|largest|highest|greatest|smallest|lowest|newest|latest|richest|busiest|most\\s+[a-z]+|best|worst';

/** Before a count, these rank; "latest 5 blocks" is of time. */
const ranked = 'biggest|largest|highest|greatest|smallest|lowest|richest|busiest';

function toNumber(text: string | undefined): number | null {
  return text === undefined ? null : readSmallNumber(text);
}

/** Both ends of a range of blocks, each as a thing of its own. */
function recogniseBlockRanges(text: string): Found[] {
  const pattern =
    /(?:\bblocks?\s*#?\s*(\d+)\s*(?:to|until|till|through|and|-|–|—)\s*(?:block\s*)?#?(\d+))|(?:区块(?:高度)?\s*(\d+)\s*(?:到|至|-|–|~)\s*(?:区块)?\s*(\d+))|(?:第?\s*(\d+)\s*(?:到|至|-|–|~)\s*第?\s*(\d+)\s*(?:个)?(?:区块|块))/gi;
  return [...text.matchAll(pattern)].flatMap((match) => {
    const [from, to] = match.slice(1).filter((end) => end !== undefined);
    const place = { text: match[0], start: match.index, end: match.index + match[0].length };
    return [
      { kind: 'from-block' as const, value: Number(from), ...place },
      { kind: 'to-block' as const, value: Number(to), ...place },
    ];
  });
}

function recogniseBlockNumbers(text: string): Found[] {
  const find = (pattern: RegExp, kind: FoundKind) =>
    findAll(text, pattern, kind, (match) => Number(match.slice(1).find((part) => part !== undefined)));
  const from = find(/\b(?:from|since)\s+block\s*#?\s*(\d+)|从(?:第?\s*)?区块(?:高度)?\s*(\d+)/gi, 'from-block');
  const left = hide(text, from);
  const at = findAll(
    left,
    /\bblocks?\s*(?:number|height|no\.?)?\s*#?\s*(\d+)|区块(?:高度|号)?\s*(?:为|是|在)?\s*#?(\d+)|第\s*(\d+)\s*(?:个)?(?:区块|块)|高度\s*(\d+)/gi,
    'block',
    (match) => Number(match.slice(1).find((part) => part !== undefined)),
  );
  return [...from, ...at];
}

/** "Which three", "哪三个"; one is no number. */
const several = '(\\d{1,4}|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty)';
const severalChinese = '(\\d{1,4}|[二两三四五六七八九十][一二三四五六七八九十]{0,2})';

/** How many of a list are wanted: "top 5", "the three biggest", "which three", "前五". */
function recogniseTops(text: string): Found[] {
  return findAll(
    text,
    new RegExp(
      `\\btop[\\s-]+${count}\\b|\\b${count}\\s+(?:${superlative})\\b|\\b(?:${ranked})\\s+${count}\\b(?!\\s*(?:%|seconds?|minutes?|hours?|days?|weeks?|months?|years?))|前\\s*${count}\\s*(?:名|个|大|位|笔|条)?|最\\S{1,3}的\\s*${count}\\s*(?:名|个|位|笔|条|天)|\\bwhich\\s+${several}\\s+(?=[a-z]{3,}s\\b)|哪\\s*${severalChinese}\\s*(?:名|个|位|笔|条|家)`,
      'gi',
    ),
    'top',
    (match) => toNumber(match.slice(1).find((part) => part !== undefined)),
  );
}

function recogniseTokenIds(text: string): Found[] {
  return findAll(
    text,
    /\b(?:token\s*id|tiles?|nft|piece)\s*#?\s*(\d+)\b|(?<![\p{L}\d&])#(\d+)\b|编号\s*(?:为|是)?\s*#?(\d+)|(\d+)\s*号/giu,
    'token-id',
    (match) => Number(match.slice(1).find((part) => part !== undefined)),
  );
}

function recogniseSignatures(text: string): Found[] {
  const events = findAll(
    text,
    /\b([A-Z][A-Za-z]{2,40})\s+(?:events?|logs?)\b|(?<![A-Za-z])([A-Z][A-Za-z]{2,40})\s*(?:事件|日志)|\b(?:events?|logs?)\s+(?:called\s+|named\s+)?([A-Z][A-Za-z]{2,40})\b/g,
    'event',
    (match) => match.slice(1).find((part) => part !== undefined) ?? null,
  );
  const functions = findAll(
    hide(text, events),
    /(?<![\w.])([a-z]\w{1,60}\((?:[\w[\], ]{0,200})\)(?:\s*returns\s*\([\w[\], ]{1,200}\))?)|\b(?:function|call)\s+([a-z]+[A-Z]\w{0,60})\b|(?:函数|调用)\s*([a-z]\w{1,60})/g,
    'function',
    (match) =>
      match
        .slice(1)
        .find((part) => part !== undefined)
        ?.replace(/\(\)$/, '') ?? null,
  );
  return [...events, ...functions];
}

/** What people say of chains beside addresses and hashes: blocks and ranges of them, "top 5", pieces, events, functions. */
export function recogniseChainWords(text: string): Found[] {
  const found: Found[] = [];
  let left = text;
  for (const find of [
    recogniseBlockRanges,
    recogniseBlockNumbers,
    recogniseTops,
    recogniseTokenIds,
    recogniseSignatures,
  ]) {
    const more = find(left);
    found.push(...more);
    left = hide(left, more);
  }
  return found;
}
