import { LRUCache } from 'lru-cache';
import type { Abi, Address } from 'viem';
import { z } from 'zod';
import { readServiceJson } from './read-service-json.ts';
import type { RpcFetch } from './rpc-endpoint.ts';

export type FindVerifiedAbi = (wanted: {
  chainId: number;
  contract: Address;
  signal: AbortSignal;
}) => Promise<Abi | null>;

/** Services of verified sources; a key is part of its URL. */
export type VerifiedSources = { sourcifyUrl: string | undefined; etherscanUrl: string | undefined };

const missingForMs = 10 * 60_000;

const Parameter: z.ZodType = z.looseObject({
  name: z.string().optional(),
  type: z.string().max(200),
  get components() {
    return z.array(Parameter).optional();
  },
});
const Item = z.looseObject({
  type: z.string(),
  name: z.string().max(200).optional(),
  inputs: z.array(Parameter).optional(),
  outputs: z.array(Parameter).optional(),
});

/** An ABI as compilers write it, as far as calls, events and errors are concerned; null: it is none. */
export function toAbi(value: unknown): Abi | null {
  const parsed = z.array(Item).max(2_000).safeParse(value);
  if (!parsed.success) return null;
  // What viem reads of an item is checked above.
  return parsed.data
    .filter(({ type }) => ['function', 'event', 'error'].includes(type))
    .map((item) => ({ ...item, inputs: item.inputs ?? [], outputs: item.outputs ?? [] })) as unknown as Abi;
}

/**
 * Makes what looks contracts up at a Sourcify server (API v2) or at an explorer that speaks Etherscan's API (V2), whichever
 * is set up. A service that fails is as one that knows nothing: readings go on without it.
 */
export function createAbiFinder({
  fetch,
  sourcifyUrl,
  etherscanUrl,
}: VerifiedSources & { fetch: RpcFetch }): FindVerifiedAbi {
  const known = new LRUCache<string, { abi: Abi | null }>({ max: 500 });

  const askSourcify: FindVerifiedAbi = async ({ chainId, contract, signal }) => {
    if (sourcifyUrl === undefined) return null;
    const url = new URL(`${sourcifyUrl.replace(/\/$/, '')}/v2/contract/${chainId}/${contract}?fields=abi`);
    const found = z.object({ abi: z.unknown() }).safeParse(await readServiceJson(fetch, url, signal));
    return found.success ? toAbi(found.data.abi) : null;
  };

  const askEtherscan: FindVerifiedAbi = async ({ chainId, contract, signal }) => {
    if (etherscanUrl === undefined) return null;
    const url = new URL(etherscanUrl);
    const query = { chainid: String(chainId), module: 'contract', action: 'getabi', address: contract };
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    const found = z
      .object({ status: z.literal('1'), result: z.string() })
      .safeParse(await readServiceJson(fetch, url, signal));
    return found.success ? toAbi(parseJson(found.data.result)) : null;
  };

  return async (wanted) => {
    const name = `${wanted.chainId} ${wanted.contract}`;
    const kept = known.get(name);
    if (kept !== undefined) return kept.abi;
    const abi = (await askSourcify(wanted)) ?? (await askEtherscan(wanted));
    known.set(name, { abi }, abi === null ? { ttl: missingForMs } : {});
    return abi;
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
