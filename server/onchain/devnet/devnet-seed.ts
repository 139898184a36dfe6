import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { z } from 'zod';
import { DevnetAccount, DevnetContract, type DevnetStage } from '#server/contract/devnet.ts';
import type { RpcFetch } from '#server/onchain/rpc-endpoint.ts';
import { startAnvil } from './anvil-process.ts';
import { compileContracts, type CompileSolidity, sourcesDigest } from './compile-contracts.ts';
import { createDevnetRpc } from './devnet-rpc.ts';

/** Raise it with every change of what the plans make: kept seeds are of another chain then. */
const planVersion = 2;

const Seed = z.object({
  blockNumber: z.number().int(),
  blockHash: z.string(),
  accounts: z.array(DevnetAccount),
  contracts: z.array(DevnetContract),
});
export type Seed = z.infer<typeof Seed>;

/** A way to one port of this machine. */
export type DevnetWay = { fetch: RpcFetch; close: () => Promise<void> };
export type OpenDevnetWay = (host: string) => DevnetWay;

const version = createHash('sha256').update(`${sourcesDigest} ${planVersion}`).digest('hex').slice(0, 12);

/** The files of a devnet in its folder: those of one version lie together, the others' are of no use. */
export function findSeedFiles(folder: string) {
  const place = join(folder, version);
  return {
    place,
    /** What stands there. Written last: where it is, the rest is too. */
    seed: join(place, 'seed.json'),
    /** The chain after the simulated days, packed. */
    seedState: join(place, 'seed-state.json.gz'),
    /** The contracts as the compiler gave them. */
    contracts: join(place, 'contracts.json'),
    /** The chain as it is now. */
    state: join(place, 'state.json'),
  };
}

/** What was seeded before; null: nothing yet. */
export async function readSeed(folder: string): Promise<Seed | null> {
  try {
    return Seed.parse(JSON.parse(await readFile(findSeedFiles(folder).seed, 'utf8')));
  } catch {
    return null;
  }
}

/**
 * Makes the simulated days once for each version of them; later it is there.
 *
 * @throws {HubError} `unavailable`, when the contracts cannot be compiled
 */
export async function makeSeed({
  folder,
  program,
  compile,
  openWay,
  onStage,
  signal,
}: {
  folder: string;
  program: string;
  compile: CompileSolidity | null;
  openWay: OpenDevnetWay;
  onStage: (stage: DevnetStage, progress: number | null) => void;
  signal: AbortSignal;
}): Promise<Seed> {
  const files = findSeedFiles(folder);
  const kept = await readSeed(folder);
  if (kept !== null && existsSync(files.seedState)) return kept;
  await mkdir(files.place, { recursive: true, mode: 0o700 });
  onStage('compiling', null);
  const compiled = await compileContracts(files.contracts, { compile, signal });
  onStage('seeding', 0);
  const { seedChain } = await import('./seed-chain.ts');
  const anvil = await startAnvil({ program, folder: files.place, stateFile: null, signal });
  const way = openWay(`127.0.0.1:${anvil.port}`);
  try {
    const rpc = createDevnetRpc({ url: `http://127.0.0.1:${anvil.port}`, fetch: way.fetch });
    const onProgress = (done: number) => onStage('seeding', done);
    const seed = await seedChain({ rpc, compiled, onProgress, signal });
    const packed = await rpc.call<string>('anvil_dumpState', [], signal);
    await writeWhole(files.seedState, Buffer.from(packed.slice(2), 'hex'));
    await writeWhole(files.seed, JSON.stringify(seed));
    await removeOthers(folder);
    return seed;
  } finally {
    await way.close();
    await anvil.stop();
  }
}

/** Begins the chain's state with that after the simulated days. */
export async function layState(folder: string): Promise<void> {
  const { seedState, state } = findSeedFiles(folder);
  await writeWhole(state, await promisify(gunzip)(await readFile(seedState)));
}

async function writeWhole(file: string, content: string | Uint8Array): Promise<void> {
  await writeFile(`${file}.new`, content, { mode: 0o600 });
  await rename(`${file}.new`, file);
}

async function removeOthers(folder: string): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true });
  const others = entries.filter((entry) => entry.isDirectory() && entry.name !== version);
  await Promise.all(others.map(({ name }) => rm(join(folder, name), { recursive: true, force: true })));
}
