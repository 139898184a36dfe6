import MiniSearch from 'minisearch';
import { wordSearch } from '#server/contract/search-words.ts';

type Texts = {
  /** What it is called, in each language. */
  names: string;
  /** What else is said of it. */
  words: string;
};

/**
 * Finds things by words as the hub finds agents: typing errors are forgiven, and what is named so comes first.
 *
 * @returns the identifiers that have all words, and where there are none those that have some, with how well each fits
 */
export function createWordSearch<Item extends { id: string }>(items: readonly Item[], toTexts: (item: Item) => Texts) {
  const index = new MiniSearch<Texts & { id: string }>({
    fields: ['names', 'words'],
    ...wordSearch,
    searchOptions: { ...wordSearch.searchOptions, boost: { names: 4 } },
  });
  index.addAll(items.map((item) => ({ id: item.id, ...toTexts(item) })));
  return (text: string, { orSome }: { orSome: boolean }): ReadonlyMap<string, number> => {
    const all = index.search(text, { combineWith: 'AND' });
    const found = all.length > 0 || !orSome ? all : index.search(text, { combineWith: 'OR' });
    return new Map(found.map(({ id, score }) => [String(id), score]));
  };
}
