/** Which hash each recent block number has, and up to where that cannot change any more. */
export function createKnownBlocks() {
  const hashes = new Map<bigint, string>();
  let finalised = -1n;
  let highest: bigint | null = null;
  let reorganisations = 0;
  return {
    isFinalised: (number: bigint): boolean => number <= finalised,
    hashAt: (number: bigint): string | null => hashes.get(number) ?? null,
    highest: (): bigint | null => highest,
    /** How often the chain turned out to be another one than was known. */
    reorganisations: (): number => reorganisations,
    noteFinalised: (number: bigint): void => {
      if (number > finalised) finalised = number;
    },
    /** A block as the chain has it now; where it contradicts what was known, the chain was reorganised. */
    note: ({ number, hash, parentHash }: { number: bigint; hash: string; parentHash: string | null }): void => {
      const known = hashes.get(number);
      const parent = hashes.get(number - 1n);
      const isContradiction =
        (known !== undefined && known !== hash) ||
        (parent !== undefined && parentHash !== null && parent !== parentHash);
      if (isContradiction) {
        hashes.clear();
        reorganisations += 1;
      }
      hashes.set(number, hash);
      if (isContradiction || highest === null || number > highest) highest = number;
      const [oldest] = hashes.keys();
      if (hashes.size > mostKnown && oldest !== undefined) hashes.delete(oldest);
    },
  };
}

const mostKnown = 4_096;

export type KnownBlocks = ReturnType<typeof createKnownBlocks>;
