import MiniSearch, { type SearchResult } from 'minisearch';
import { tokenise, translateWords } from '#server/runtime/models/offline-planner/tokenise.ts';

/** Things by how well their texts meet some words in English or Chinese (BM25), best first; those that do not are left out. Pure. */
export function rankTexts<Item>(
  items: readonly Item[],
  words: string,
  toText: (item: Item) => { title: string; text: string },
): Item[] {
  const index = new MiniSearch<{ id: number; title: string; text: string }>({
    fields: ['title', 'text'],
    tokenize: tokenise,
    processTerm: (term) => term,
    searchOptions: { boost: { title: 3 }, combineWith: 'OR', tokenize: (text) => text.split(' ') },
  });
  index.addAll(items.map((item, id) => ({ id, ...toText(item) })));
  const own = new Set(tokenise(words));
  // "Draw" may mean a picture; a chart that was named outweighs what it only may mean.
  const weightOf = (term: string) => (own.has(term) ? 1 : 0.3);
  const found = index.search([...new Set([...own, ...translateWords(words)])].join(' '), { boostTerm: weightOf });
  // MiniSearch multiplies by the number of terms that met; here a term counts as much as it weighs.
  const scoreOf = ({ score, queryTerms }: SearchResult) =>
    (score / queryTerms.length) * queryTerms.reduce((sum, term) => sum + weightOf(term), 0);
  return found.toSorted((left, right) => scoreOf(right) - scoreOf(left)).flatMap(({ id }) => items[id as number] ?? []);
}
