/**
 * Whether a JSON value nests arrays and objects deeper than a number of levels. Pure.
 *
 * Level by level, without recursion: the nesting may be as deep as the value is large.
 */
export function isDeeperThan(value: unknown, levels: number): boolean {
  let level = [value].filter(isNesting);
  for (let depth = 1; level.length > 0; depth += 1) {
    if (depth > levels) return true;
    level = level.flatMap((part) => Object.values(part).filter(isNesting));
  }
  return false;
}

const isNesting = (value: unknown): value is object => typeof value === 'object' && value !== null;
