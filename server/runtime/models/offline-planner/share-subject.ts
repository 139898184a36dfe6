import { dropHidden, type FoundKind } from './found.ts';
import { findIntendedTool, ofFindings, worthWords } from './intents.ts';
import { isSolidity } from './join-solidity.ts';
import { joinAsks, type Ask } from './split-asks.ts';

const subjects = new Set<FoundKind>(['address', 'ens-name', 'token']);
/** What a question may name of its own and still be about the same; a block alone is no question, and completes one. */
const besides = new Set<FoundKind>(['chain', 'top', 'number', 'date', 'span', 'duration']);
/** "And how much each?": no question of its own. */
const afterthought =
  /^[\s,，]*(?:and\s+)?(?:how (?:much|many)(?:\s+(?:did|does|do))?(?:\s+(?:they|each)){0,2}(?:\s+(?:of (?:them|it)|receive[ds]?|get|got|sen[dt]|move[ds]?|in total|each)){0,2}|(?:分别|各自?)(?:是|有)?多少)[\s?？。.!！]*$/i;

/**
 * The asks of a message, where what one of them is about is meant by those behind it that name nothing: "What does 0x…
 * hold? And what is its profit?" Only where a single thing is named, and where it helps.
 */
export function shareSubject(asks: Ask[], helps: (alone: Ask, shared: Ask) => boolean): Ask[] {
  const whole = joinAfterthoughts(asks);
  const named = whole.flatMap(({ found }) =>
    found.filter(({ kind, fault }) => subjects.has(kind) && fault === undefined),
  );
  const [subject] = named;
  if (subject === undefined || named.some(({ value }) => value !== subject.value)) return whole;
  const first = whole.findIndex(({ found }) => found.includes(subject));
  // Who names it without a doubt need not do so twice; the words around it are those of another ask.
  const { before: _before, after: _after, weak: _weak, ...plain } = subject;
  return whole.map((ask, place) => {
    if (place <= first || ask.found.some(({ kind }) => !besides.has(kind))) return ask;
    const shared = { ...ask, found: [...ask.found, plain] };
    return helps(ask, shared) ? shared : ask;
  });
}

function joinAfterthoughts(asks: Ask[]): Ask[] {
  const joined: Ask[] = [];
  for (const ask of asks) {
    const last = joined.at(-1);
    const isMore = last !== undefined && ask.found.every(({ kind }) => besides.has(kind));
    if (
      (isMore && (afterthought.test(ask.words) || asksOfAudit(last, ask) || asksOfWorth(last, ask))) ||
      isSourceOf(last, ask)
    )
      joined[joined.length - 1] = joinAsks(last, ask);
    else joined.push(ask);
  }
  return joined;
}

const audits = /\baudit|审计/i;
const mends = /\b(?:fix|mend|repair|patch|resolve)\w*\b|修复|修补|怎么改|如何改/i;

/** Whether source stands below the wish to have it audited. */
const isSourceOf = (last: Ask | undefined, { found }: Ask): last is Ask =>
  last !== undefined &&
  audits.test(last.words) &&
  !last.found.some(({ kind }) => kind === 'address') &&
  found.some(isSolidity);

/** "What does 0x… hold, and what is it worth?": one reading has both. */
const asksOfWorth = (last: Ask, ask: Ask): boolean =>
  worthWords.test(dropHidden(ask.words)) &&
  [last, ask].every((one) => findIntendedTool(['portfolio'], one) === 'portfolio');

/** Whether an ask is about what the audit of the ask before it finds. */
function asksOfAudit(last: Ask, { words }: Ask): boolean {
  const text = dropHidden(words);
  if (!ofFindings.test(text) && !mends.test(text)) return false;
  return last.found.some(isSolidity) || (last.found.some(({ kind }) => kind === 'address') && audits.test(last.words));
}
