import { spawn } from 'node:child_process';
import { mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { JsonObject } from '#server/contract/json.ts';

const require = createRequire(import.meta.url);
const memoryMb = 1024;
const largestAnswerBytes = 32 * 1024 * 1024;

export type Compiler = { program: string; version: string };

/** The Solidity compiler's own program and its version. Null: it is not installed. */
export function findCompiler(): Compiler | null {
  try {
    const file = require.resolve('solc/package.json');
    const { version } = require('solc/package.json') as { version: string };
    return { program: join(dirname(file), 'solc.js'), version };
  } catch {
    return null;
  }
}

/**
 * Asks the compiler for its standard JSON. It is a program of its own and stays one: started, asked, ended; without the hub's
 * environment, with limits on time and memory. What it is given are texts; it reads no file and no network.
 *
 * @throws {Error} when it gave no answer that is JSON
 */
export async function runCompiler(
  { program }: Compiler,
  input: JsonObject,
  { timeoutMs, signal }: { timeoutMs: number; signal: AbortSignal },
): Promise<unknown> {
  const folder = await mkdtemp(join(tmpdir(), 'atrium-solc-'));
  const [question, answer] = [join(folder, 'question.json'), join(folder, 'answer.json')];
  try {
    await writeFile(question, JSON.stringify(input));
    // Files, not pipes: of a pipe the program neither reads nor writes more than some 200 kB.
    const [asked, told] = [await open(question), await open(answer, 'w')];
    try {
      const child = spawn(process.execPath, [`--max-old-space-size=${memoryMb}`, program, '--standard-json'], {
        env: {},
        stdio: [asked.fd, told.fd, 'ignore'],
        signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
        killSignal: 'SIGKILL',
      });
      await new Promise<void>((resolve, reject) => {
        child.once('error', reject);
        child.once('close', () => resolve());
      });
      if ((await told.stat()).size > largestAnswerBytes) throw new Error('the compiler said too much');
    } finally {
      await Promise.all([asked.close(), told.close()]);
    }
    const text = await readFile(answer, 'utf8');
    // The program says something of its own before its answer.
    return JSON.parse(text.slice(text.indexOf('{'))) as unknown;
  } catch (thrown) {
    signal.throwIfAborted();
    throw thrown;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The compiler to be asked. Null: it is not installed. */
export function openCompiler() {
  const compiler = findCompiler();
  if (compiler === null) return null;
  return (input: JsonObject, limits: { timeoutMs: number; signal: AbortSignal }) =>
    runCompiler(compiler, input, limits);
}
