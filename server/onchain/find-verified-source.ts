import type { Address } from 'viem';
import { z } from 'zod';
import { CompilerSettings, type ContractSource } from '#server/contract/contract-source.ts';
import type { VerifiedSources } from './find-verified-abi.ts';
import { readServiceJson } from './read-service-json.ts';
import type { RpcFetch } from './rpc-endpoint.ts';

export type VerifiedSource = Pick<ContractSource, 'files' | 'settings'> &
  Pick<ContractSource['origin'], 'name' | 'compiler' | 'from'>;

/** `services`: those that are set up, by name. */
export type FindVerifiedSource = {
  services: (chainId: number) => string[];
  find: (wanted: { chainId: number; contract: Address; signal: AbortSignal }) => Promise<VerifiedSource | null>;
};

const Files = z.record(z.string(), z.object({ content: z.string() }));
const SourcifyAnswer = z.object({
  sources: Files,
  compilation: z.object({
    compilerVersion: z.string(),
    name: z.string(),
    compilerSettings: z.unknown(),
  }),
});
const EtherscanAnswer = z.object({
  status: z.literal('1'),
  result: z
    .array(
      z.object({
        SourceCode: z.string(),
        ContractName: z.string(),
        CompilerVersion: z.string(),
        OptimizationUsed: z.string().default('0'),
        Runs: z.string().default('200'),
        EVMVersion: z.string().default('Default'),
      }),
    )
    .min(1),
});
const StandardInput = z.object({ sources: Files, settings: z.unknown() });
const LooseSettings = z.looseObject({
  remappings: z.array(z.string()).optional(),
  evmVersion: z.string().optional(),
  viaIR: z.boolean().optional(),
  optimizer: z.looseObject({ enabled: z.boolean().optional(), runs: z.number().optional() }).optional(),
});

/** Settings of standard JSON, as far as they are known here. */
export function toCompilerSettings(settings: unknown): CompilerSettings {
  const read = LooseSettings.safeParse(settings).data ?? {};
  const { optimizer } = read;
  return CompilerSettings.parse({
    remappings: read.remappings,
    evmVersion: read.evmVersion ?? null,
    viaIR: read.viaIR,
    optimizer: optimizer === undefined ? null : { enabled: optimizer.enabled ?? false, runs: optimizer.runs ?? 200 },
  });
}

export const toFiles = (sources: z.infer<typeof Files>) =>
  Object.entries(sources).map(([path, { content }]) => ({ path, content }));

/**
 * Makes what looks verified sources up: at a Sourcify server (API v2), then at an explorer that speaks Etherscan's API (V2),
 * whichever is set up. A service that fails is as one that knows nothing.
 */
export function createSourceFinder({
  fetch,
  sourcifyUrl,
  etherscanUrl,
}: VerifiedSources & { fetch: RpcFetch }): FindVerifiedSource {
  const askSourcify: FindVerifiedSource['find'] = async ({ chainId, contract, signal }) => {
    if (sourcifyUrl === undefined) return null;
    const place = `${sourcifyUrl.replace(/\/$/, '')}/v2/contract/${chainId}/${contract}`;
    const url = new URL(`${place}?fields=sources,compilation`);
    const found = SourcifyAnswer.safeParse(await readServiceJson(fetch, url, signal)).data;
    if (found === undefined) return null;
    const { compilerVersion, name, compilerSettings } = found.compilation;
    const settings = toCompilerSettings(compilerSettings);
    return { files: toFiles(found.sources), settings, name, compiler: compilerVersion, from: 'Sourcify' };
  };

  const askEtherscan: FindVerifiedSource['find'] = async ({ chainId, contract, signal }) => {
    if (etherscanUrl === undefined) return null;
    const url = new URL(etherscanUrl);
    const query = { chainid: String(chainId), module: 'contract', action: 'getsourcecode', address: contract };
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    const [found] = EtherscanAnswer.safeParse(await readServiceJson(fetch, url, signal)).data?.result ?? [];
    if (found === undefined || found.SourceCode.trim() === '') return null;
    const { SourceCode: text, ContractName: name, CompilerVersion: compiler } = found;
    const own = toCompilerSettings({
      optimizer: { enabled: found.OptimizationUsed === '1', runs: Number(found.Runs) || 200 },
      ...(/^default$/i.test(found.EVMVersion) ? {} : { evmVersion: found.EVMVersion.toLowerCase() }),
    });
    const common = { name, compiler, from: 'Etherscan' } as const;
    // Standard JSON stands in a further pair of braces; several files without settings in none.
    const json = parseJson(text.startsWith('{{') ? text.slice(1, -1) : text);
    const standard = StandardInput.safeParse(json).data;
    if (standard !== undefined)
      return { ...common, files: toFiles(standard.sources), settings: toCompilerSettings(standard.settings) };
    const several = Files.safeParse(json).data;
    const files = several === undefined ? [{ path: `${name}.sol`, content: text }] : toFiles(several);
    return { ...common, files, settings: own };
  };

  return {
    services: () => [
      ...(sourcifyUrl === undefined ? [] : ['Sourcify']),
      ...(etherscanUrl === undefined ? [] : ['Etherscan']),
    ],
    find: async (wanted) => (await askSourcify(wanted)) ?? (await askEtherscan(wanted)),
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
