import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createDevnet } from '#server/onchain/devnet/create-devnet.ts';
import { findSeedFiles, type OpenDevnetWay, readSeed, type Seed } from '#server/onchain/devnet/devnet-seed.ts';
import { findAnvil } from '#server/onchain/devnet/find-anvil.ts';
import { createEgress } from '#server/platform/egress/create-egress.ts';
import { openCompiler } from '#server/platform/solidity/run-compiler.ts';

// Where programs are built to is not where their sources are.
const root = process.cwd();
const seedLimitMs = 10 * 60_000;
const shapesTheSeed = /^(?:compile-contracts|devnet-accounts|devnet-chain|plan-.+|seed.+)\.ts$|\.sol$/;

/** Where the seeded devnet of this machine lies; its name holds what it was made from. */
const madeFolder = join(root, `node_modules/.cache/atrium/devnet-${digestOfSources()}`);

export const anvilProgram = findAnvil({ named: undefined, path: '' });

/** Whether a test has seeded the devnet on this machine. */
export const isDevnetSeeded = () => existsSync(findSeedFiles(madeFolder).seed);

/** As `open-chains.ts` does: an egress for one port alone. */
export const openDevnetWay: OpenDevnetWay = (host) => {
  const way = createEgress({ allowed: [host] });
  return { fetch: way.streamingFetch, close: way.close };
};

/** What a devnet is made of that is not started. */
export const devnetParts = (folder: string) => ({
  folder,
  program: anvilProgram,
  compile: openCompiler(),
  openWay: openDevnetWay,
  now: () => new Date(),
  logError: (error: unknown, message: string) => {
    throw new Error(message, { cause: error });
  },
});

/**
 * Lays a seeded devnet into a hub's data folder, so that its first start takes no longer than any other. Call it before the
 * hub's devnet is first used; the simulated days are made once on a machine, by whichever test needs them first.
 */
export async function layDevnet(dataFolder: string): Promise<Seed> {
  const made = findSeedFiles(madeFolder);
  const limit = Date.now() + seedLimitMs;
  while (!existsSync(made.seed)) {
    if (Date.now() > limit) throw new Error('No test has seeded the devnet in ten minutes.');
    const devnet = createDevnet({ ...devnetParts(madeFolder), logError: () => undefined });
    // Where another process makes it, this joins that one; what it made is there when both have ended.
    await devnet.ready().catch(() => sleep(500));
    await devnet.close();
    await devnet.forgetState();
  }
  removeOlder();
  const seed = await readSeed(madeFolder);
  if (seed === null) throw new Error(`What was seeded in ${madeFolder} cannot be read.`);
  const target = findSeedFiles(join(dataFolder, 'devnet'));
  mkdirSync(target.place, { recursive: true });
  for (const part of ['seed', 'seedState', 'contracts'] as const) cpSync(made[part], target[part]);
  return seed;
}

/** Those of other sources are of no use any more. */
function removeOlder(): void {
  const place = dirname(madeFolder);
  const older = readdirSync(place).filter((name) => name.startsWith('devnet-') && name !== basename(madeFolder));
  for (const name of older) rmSync(join(place, name), { recursive: true, force: true });
}

function digestOfSources(): string {
  const folder = join(root, 'server/onchain/devnet');
  const digest = createHash('sha256').update(readFileSync(join(root, 'package-lock.json')));
  for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort())
    if (shapesTheSeed.test(path)) digest.update(readFileSync(join(folder, path)));
  return digest.digest('hex').slice(0, 16);
}
