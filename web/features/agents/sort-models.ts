import type { ModelSummary } from '#server/contract/model.ts';

export const modelOrders = ['provider', 'price', 'window', 'name'] as const;
export type ModelOrder = (typeof modelOrders)[number];

/** Models in the order that a person asks for: the cheapest or the largest first; what is not known comes last. Pure. */
export function sortModels(models: readonly ModelSummary[], order: ModelOrder): readonly ModelSummary[] {
  if (order === 'provider') return models;
  if (order === 'name') return models.toSorted((left, right) => left.name.localeCompare(right.name));
  const toFigure = order === 'price' ? toPrice : toNarrowness;
  return models.toSorted((left, right) => compare(toFigure(left), toFigure(right)));
}

/** An answer takes in several times what it gives out. */
const toPrice = ({ price: { inputUsd, outputUsd } }: ModelSummary) =>
  inputUsd === null || outputUsd === null ? Infinity : 3 * inputUsd + outputUsd;
const toNarrowness = ({ contextTokens }: ModelSummary) => (contextTokens === null ? Infinity : -contextTokens);

function compare(left: number, right: number): number {
  return left === right ? 0 : left < right ? -1 : 1;
}
