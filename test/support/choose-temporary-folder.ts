import { statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';

const inMemory = '/dev/shm';
const leastBytes = 2 * 1024 ** 3;

/**
 * Where what a test writes lies: in memory where that has room, else where the system says. Each test file's database has
 * more than a thousand files, which a disk writes, and takes away again, for nobody.
 */
export function chooseTemporaryFolder(): string {
  try {
    const { bavail, bsize } = statfsSync(inMemory);
    return bavail * bsize >= leastBytes ? inMemory : tmpdir();
  } catch {
    return tmpdir();
  }
}
