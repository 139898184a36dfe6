import MiniSearch from 'minisearch';
import { weakWords } from './glossary.ts';
import { tokenise, translateWords } from './tokenise.ts';
import { dropHidden } from './found.ts';
import type { ToolView } from './tool-view.ts';

/** How well the words of an ask meet a tool's. */
export type Rank = {
  tool: ToolView;
  /** BM25 over names, descriptions and parameters, as a part of the best tool's: 0 to 1. */
  score: number;
  /** Telling words of the tool's name or title that the ask has. */
  nameHits: number;
  /** Telling words of its description or parameters that the ask has. */
  textHits: number;
  /** Which part of the ask's own words the tool knows, 0 to 1. */
  coverage: number;
};

export type RankTools = (words: string) => Rank[];

const stemsOf = (words: Iterable<string>) => new Set([...words].flatMap(tokenise));
const weakStems = stemsOf(weakWords);

/** Makes the function that ranks tools for the words of an ask, best first; tools that share no word come last. */
export function createToolRanking(tools: ToolView[]): RankTools {
  const index = new MiniSearch({
    fields: ['name', 'title', 'description', 'parameters'],
    tokenize: tokenise,
    processTerm: (term) => term,
    searchOptions: { boost: { name: 3, title: 3, description: 1.5 }, combineWith: 'OR' },
  });
  index.addAll(
    tools.map((tool, id) => ({
      id,
      name: tool.name,
      title: `${tool.localized?.title.en ?? ''} ${tool.localized?.title.zh ?? ''}`,
      description: `${tool.description} ${tool.localized?.description.zh ?? ''}`,
      parameters: tool.shapes
        .flat()
        .map(
          ({ name, description, values }) =>
            `${name} ${description} ${(values ?? []).filter((value) => typeof value === 'string').join(' ')}`,
        )
        .join(' '),
    })),
  );
  return (words) => {
    const plain = dropHidden(words);
    const own = [...new Set(tokenise(plain))].filter((word) => !/^\d+$/.test(word));
    const meanings = own.map((word) => [word, ...translateWords(word)]);
    const translated = translateWords(plain);
    const results = new Map(
      index
        .search([...new Set([...own, ...translated])].join(' '), { tokenize: (text) => text.split(' ') })
        .map((result) => [result.id as number, result]),
    );
    const best = Math.max(...[...results.values()].map(({ score }) => score), Number.MIN_VALUE);
    return tools
      .map((tool, id): Rank => {
        const result = results.get(id);
        const telling = Object.entries(result?.match ?? {}).filter(([term]) => !weakStems.has(term));
        const inName = telling.filter(([, fields]) => fields.includes('name') || fields.includes('title'));
        const known = meanings.filter((words) =>
          words.some((word) => result !== undefined && Object.hasOwn(result.match, word)),
        );
        return {
          tool,
          score: (result?.score ?? 0) / best,
          nameHits: inName.length,
          textHits: telling.length - inName.length,
          coverage: own.length === 0 ? 0 : known.length / own.length,
        };
      })
      .sort((left, right) => right.score - left.score);
  };
}
