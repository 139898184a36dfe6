import MiniSearch from 'minisearch';
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
  const terms = new Set([...tokenise(words), ...translateWords(words)]);
  return index.search([...terms].join(' ')).flatMap(({ id }) => items[id as number] ?? []);
}
