import { z } from 'zod';
import type { DevnetSource } from '#server/contract/devnet.ts';
import { compileContracts, type CompileSolidity, contractSources } from './compile-contracts.ts';
import { toCompilerSettings, type VerifiedSource } from '#server/onchain/find-verified-source.ts';
import { findSeedFiles, readSeed } from './devnet-seed.ts';

/** What the contract at an address of a seeded devnet was made from. Null: none of the devnet's own stands there. */
export async function findSource(
  folder: string,
  address: string,
  needs: { compile: CompileSolidity | null; signal: AbortSignal },
): Promise<DevnetSource | null> {
  const seed = await readSeed(folder);
  const found = seed?.contracts.find((one) => one.address.toLowerCase() === address.toLowerCase());
  if (found === undefined) return null;
  const contract = (await compileContracts(findSeedFiles(folder).contracts, needs)).get(found.contract);
  if (contract === undefined) return null;
  const { name, abi, metadata, file } = contract;
  const used = new Set(Object.keys((JSON.parse(metadata) as { sources: Record<string, unknown> }).sources));
  const sources = Object.entries(contractSources).filter(([path]) => used.has(path));
  return {
    contract: name,
    abi: abi.map((item) => ({ ...item })),
    metadata,
    file,
    sources: Object.fromEntries(sources),
  };
}

const Metadata = z.object({ compiler: z.object({ version: z.string() }), settings: z.unknown() });

/** A source of the devnet as those of services are told. */
export function toVerifiedSource({ contract, metadata, sources }: DevnetSource): VerifiedSource {
  const { compiler, settings } = Metadata.parse(JSON.parse(metadata));
  return {
    files: Object.entries(sources).map(([path, content]) => ({ path, content })),
    settings: toCompilerSettings(settings),
    name: contract,
    compiler: compiler.version,
    from: 'devnet',
  };
}
