import type { ModelPrice } from '#server/contract/model.ts';

/** Prices by a model's name, or by how names begin (`gpt-5-mini*`). */
export type Prices = Readonly<Record<string, ModelPrice>>;

export const unknownPrice: ModelPrice = {
  inputUsd: null,
  outputUsd: null,
  cachedInputUsd: null,
  unit: 'tokens',
  longPrompt: null,
};

/** The price of a model: of its own name, else of the longest pattern (`gpt-5-mini*`) that fits, else unknown. Pure. */
export function findPrice(model: string, tables: Prices[]): ModelPrice {
  for (const table of tables) {
    const own = table[model];
    if (own !== undefined) return own;
    const fitting = Object.keys(table)
      .filter((pattern) => pattern.endsWith('*') && model.startsWith(pattern.slice(0, -1)))
      .sort((left, right) => right.length - left.length)[0];
    const found = fitting === undefined ? undefined : table[fitting];
    if (found !== undefined) return found;
  }
  return unknownPrice;
}
