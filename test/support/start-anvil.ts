import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { findFreePort } from './find-free-port.ts';

const program = fileURLToPath(
  new URL(
    `../../node_modules/@foundry-rs/anvil-${process.platform}-${process.arch === 'x64' ? 'amd64' : process.arch}/bin/anvil`,
    import.meta.url,
  ),
);

/** Whether Anvil came with the optional packages. */
export const hasAnvil = existsSync(program);

/** A real chain of a test's own; it ends with `close`. */
export async function startAnvil({ chainId = 31_337 }: { chainId?: number } = {}) {
  const port = await findFreePort();
  const url = `http://127.0.0.1:${port}`;
  const running = spawn(program, ['--port', String(port), '--chain-id', String(chainId), '--silent'], { stdio: 'ignore' });
  const request = async <Result>(method: string, params: unknown[] = []): Promise<Result> => {
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method, params });
    const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    const { result, error } = (await response.json()) as { result: Result; error?: { message: string } };
    if (error !== undefined) throw new Error(error.message);
    return result;
  };
  for (let isUp = false; !isUp;) {
    if (running.exitCode !== null) throw new Error('Anvil ended before it answered.');
    isUp = await request('eth_chainId').then(
      () => true,
      () => new Promise<boolean>((resolve) => setTimeout(() => resolve(false), 50)),
    );
  }
  return {
    url,
    request,
    close: async () => {
      const ended = new Promise((resolve) => running.once('exit', resolve));
      running.kill();
      await ended;
    },
  };
}
