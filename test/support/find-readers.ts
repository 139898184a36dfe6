import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** Processes that read documents for another; Linux tells whose they are. */
export function findReaders(parent: number | undefined): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && existsSync(`/proc/${name}/cmdline`))
    .filter((name) => readOrNothing(`/proc/${name}/cmdline`).includes('document-worker'))
    .filter((name) => parent === undefined || readOrNothing(`/proc/${name}/stat`).split(' ')[3] === String(parent))
    .map(Number);
}

function readOrNothing(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
