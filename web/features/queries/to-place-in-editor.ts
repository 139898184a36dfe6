import type { Execution } from '#server/contract/execution.ts';
import type { SqlFault } from '#server/contract/sql.ts';

/** The fault of what was run with its place in all that is written, of which that may be a part. */
export function toPlaceInEditor(
  { sql: ran, fault }: Pick<Execution, 'sql' | 'fault'>,
  written: string,
  from: number,
): SqlFault | null {
  if (fault === null || fault.line === null || fault.column === null) return fault;
  const start = written.indexOf(ran, from);
  if (start <= 0) return fault;
  const before = written.slice(0, start).split('\n');
  const column = fault.line === 1 ? fault.column + (before.at(-1)?.length ?? 0) : fault.column;
  return { ...fault, line: fault.line + before.length - 1, column };
}
