/** What calls cost together. `costIsPartial`: prices of others are unknown, so it is at least `costUsd`; null: all are. */
export type Cost = { costUsd: number | null; costIsPartial: boolean };

export const noCost: Cost = { costUsd: 0, costIsPartial: false };

/** Adds what one more call cost. Pure. */
export function addCost(cost: Cost, costUsd: number | null): Cost {
  const knownUsd = (cost.costUsd ?? 0) + (costUsd ?? 0);
  const isPartial = cost.costIsPartial || cost.costUsd === null || costUsd === null;
  // Beside an unknown price nothing is nothing to tell.
  return { costUsd: isPartial && knownUsd === 0 ? null : knownUsd, costIsPartial: isPartial && knownUsd > 0 };
}
