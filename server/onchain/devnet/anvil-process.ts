import { spawn } from 'node:child_process';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { devnetAccounts } from './devnet-accounts.ts';
import { devnetChain, devnetMnemonic, genesisSeconds } from './devnet-chain.ts';

const startTimeoutMs = 60_000;
const stopTimeoutMs = 30_000;
const addressSpaceKb = 3 * 1024 * 1024;
const stateEverySeconds = 30;

/*
 * Anvil takes no notice of its parent's end. This shell does: it ends Anvil when the hub closes the pipe that it reads, also
 * by dying. Anvil gets twenty seconds to write its state.
 */
const keeper = `
ulimit -v ${addressSpaceKb} 2>/dev/null
exec 3<&0
nice -n 5 "$@" </dev/null 3<&- &
anvil=$!
{ cat <&3; kill "$anvil"; sleep 20; kill -9 "$anvil"; } >/dev/null 2>&1 &
watch=$!
exec 3<&-
wait "$anvil"
kill "$watch" 2>/dev/null
`;

export type AnvilProcess = Awaited<ReturnType<typeof startAnvil>>;

/**
 * Starts Anvil on a free port of loopback; it ends with this process, however that ends.
 *
 * @param stateFile - what it begins with where it exists, and keeps up to date; null: an empty chain that does not mine
 * @throws {Error} with what Anvil printed, when it does not begin to listen
 */
export async function startAnvil({
  program,
  folder,
  stateFile,
  signal,
}: {
  program: string;
  folder: string;
  stateFile: string | null;
  signal: AbortSignal;
}) {
  const cache = join(folder, 'cache');
  await rm(cache, { recursive: true, force: true });
  await mkdir(cache, { recursive: true });
  signal.throwIfAborted();
  const begin =
    stateFile === null
      ? ['--no-mining', '--timestamp', String(genesisSeconds)]
      : ['--state', stateFile, '--state-interval', String(stateEverySeconds)];
  const parameters = [
    ['--host', '127.0.0.1', '--port', '0', '--chain-id', String(devnetChain.id)],
    ['--mnemonic', devnetMnemonic, '--accounts', String(devnetAccounts.length), '--balance', '10000'],
    ['--gas-limit', '60000000', '--slots-in-an-epoch', '1', '--hardfork', 'cancun'],
    // A page that somebody has open must not speak to it.
    ['--no-cors', '--no-request-size-limit', '--no-console-log', '--threads', '1', '--cache-path', cache],
    begin,
  ].flat();
  const child = spawn('/bin/sh', ['-c', keeper, 'sh', program, ...parameters], {
    env: {},
    cwd: folder,
    // A group of its own: what ends the hub in a terminal is not to end Anvil before the hub says so.
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let printed = '';
  let hasEnded = false;
  const keep = (text: string) => {
    printed = `${printed}${text}`.slice(-4000);
  };
  child.stdin.on('error', () => undefined);
  child.stderr.setEncoding('utf8').on('data', keep);
  child.stdout.setEncoding('utf8').on('data', keep);
  const ended = new Promise<void>((resolve) => {
    child.once('error', (error) => {
      keep(error.message);
      resolve();
    });
    child.once('close', () => resolve());
  }).then(() => {
    hasEnded = true;
    child.stdin.destroy();
  });
  child.once('exit', () => child.stdin.destroy());
  child.unref();

  const endNow = () => {
    if (hasEnded || child.pid === undefined) return;
    try {
      process.kill(-child.pid, 'SIGKILL');
    } catch {
      // It has ended meanwhile.
    }
  };

  async function stop(): Promise<void> {
    child.stdin.destroy();
    const limit = setTimeout(endNow, stopTimeoutMs);
    await ended;
    clearTimeout(limit);
  }

  const port = await new Promise<number>((resolve, reject) => {
    const fail = (why: string) => {
      endNow();
      reject(new Error(`Anvil did not start: ${why}`));
    };
    const limit = setTimeout(() => fail('it took too long'), startTimeoutMs);
    const leave = () => fail('it was stopped');
    signal.addEventListener('abort', leave, { once: true });
    const settle = () => {
      clearTimeout(limit);
      signal.removeEventListener('abort', leave);
    };
    child.stdout.on('data', () => {
      const found = /Listening on 127\.0\.0\.1:(\d+)/.exec(printed)?.[1];
      if (found === undefined) return;
      settle();
      resolve(Number(found));
    });
    void ended.then(() => {
      settle();
      fail(printed.trim().slice(-1000));
    });
  });

  return {
    port,
    /** The group that ends with one signal. */
    processGroup: child.pid ?? null,
    /** Resolves when it has ended, for whatever reason. */
    ended,
    hasEnded: () => hasEnded,
    /** Has it write its state and end. */
    stop,
  };
}
