import MiniSearch, { type SearchResult } from 'minisearch';
import { tokenise, translateWords } from './models/offline-planner/tokenise.ts';
import { findMeanings } from './word-meanings.ts';

/** What is told of a thing: a word of its title counts three times one of its text, and one of what stands aside half as much. */
type Told = { title: string; text: string; aside?: string };

/** Pairs of characters inside of Chinese words: 净流入 meets 流入. */
const toPairs = (words: string[]): string[] =>
  words
    .filter((word) => word.length > 2 && /^\p{Script=Han}+$/u.test(word))
    .flatMap((word) => Array.from({ length: word.length - 1 }, (_, at) => word.slice(at, at + 2)));

/** No word has such a sign in it. */
const toMeanings = (text: string): string[] => [...findMeanings(text)].map((meaning) => `=${meaning}`);

function toTerms(text: string): string[] {
  const words = tokenise(text);
  return [...words, ...toPairs(words), ...toMeanings(text)];
}

/**
 * Things by how well their texts meet some words in English or Chinese (BM25), best first; those that do not are left out, and
 * those of which only something aside meets a single word. A word of the other language meets what means the same. Pure.
 */
export function rankTexts<Item>(items: readonly Item[], words: string, toText: (item: Item) => Told): Item[] {
  const index = new MiniSearch<Told & { id: number }>({
    fields: ['title', 'text', 'aside'],
    tokenize: toTerms,
    processTerm: (term) => term,
    searchOptions: { boost: { title: 3, aside: 0.5 }, combineWith: 'OR', tokenize: (terms) => terms.split(' ') },
  });
  index.addAll(items.map((item, id) => ({ id, ...toText(item) })));
  const own = new Set(tokenise(words));
  const pairs = toPairs([...own]);
  const meanings = new Set(toMeanings(words));
  // "Draw" may mean a picture; a chart that was named outweighs what it only may mean.
  const weightOf = (term: string) => (own.has(term) ? 1 : 0.3);
  const asked = new Set([...own, ...pairs, ...meanings, ...translateWords(words)]);
  const found = index.search([...asked].join(' '), { boostTerm: weightOf });
  // MiniSearch multiplies by the number of terms that met; here a term counts as much as it weighs.
  const scoreOf = ({ score, queryTerms }: SearchResult) =>
    (score / queryTerms.length) * queryTerms.reduce((sum, term) => sum + weightOf(term), 0);
  const isTelling = ({ match, queryTerms }: SearchResult) =>
    Object.values(match).some((fields) => fields.some((field) => field !== 'aside')) ||
    [own, meanings].some((terms) => queryTerms.filter((term) => terms.has(term)).length > 1);
  return found
    .filter(isTelling)
    .toSorted((left, right) => scoreOf(right) - scoreOf(left))
    .flatMap(({ id }) => items[id as number] ?? []);
}
