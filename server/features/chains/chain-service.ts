import { v7 } from 'uuid';
import type { Chain, CreateChainInput, UpdateChainInput } from '#server/contract/chain.ts';
import {
  chainKnown,
  chainNotFound,
  chainOfHub,
  endpointFromOutside,
  endpointNotFound,
  endpointOfHub,
  lastEndpoint,
  mostStoredEndpoints,
  nameTaken,
  tooManyEndpoints,
  wrongChain,
} from './chain-errors.ts';
import type { ChainPorts, OpenChain } from './chain-ports.ts';
import type { ChainRepository, EndpointRecord } from './chain-repository.ts';

const secretContext = (id: string) => `chain-endpoint:${id}:url`;
/** Between the fast chains and the slow: how long the head of an added one is kept follows from it. */
const usualBlockTimeMs = 2_000;
/** Another process may have added some. */
const keptMs = 30_000;

export type ChainService = ReturnType<typeof createChainService>;

/** The chains that the hub reads: those it knows and those that administrators added, with their endpoints. */
export function createChainService({
  repository,
  ports: { known, useChains, reportEndpoints, probe, secrets, now },
}: {
  repository: ChainRepository;
  ports: ChainPorts;
}) {
  let loadedAt: number | null = null;
  let loading: Promise<OpenChain[]> | null = null;

  const isOfHub = (id: number) => known.some((chain) => chain.id === id);

  const openEndpoint = ({ id, secret }: EndpointRecord) => ({
    id,
    url: secrets.open(secret, secretContext(id)),
    origin: 'stored' as const,
  });

  async function load(): Promise<OpenChain[]> {
    const stored = await repository.list();
    const added = stored.chains.map((chain) => ({
      ...chain,
      endpoints: [],
      blockTimeMs: usualBlockTimeMs,
      isTestnet: false,
    }));
    // One that an administrator called so before the hub knew another stays what is meant.
    const ours = known.filter((chain) => !added.some((other) => hasNameOf(other, [chain.slug, chain.name])));
    const chains = [...ours, ...added].map((chain) => ({
      ...chain,
      // What an administrator added is meant to be asked before the public ones.
      endpoints: [
        ...stored.endpoints.filter(({ chainId }) => chainId === chain.id).map(openEndpoint),
        ...chain.endpoints,
      ],
    }));
    await useChains(chains);
    loadedAt = now().getTime();
    return chains;
  }

  /** Those who ask together wait for the same reading. */
  async function loadOnce(): Promise<OpenChain[]> {
    loading ??= load().finally(() => {
      loading = null;
    });
    return await loading;
  }

  const get = async (id: number): Promise<OpenChain> => findIn(await load(), id);

  async function present(chain: OpenChain, fresh: boolean, signal: AbortSignal): Promise<Chain> {
    const endpoints = await reportEndpoints(chain.id, { fresh, signal });
    const { id, slug, name, explorerUrl, nativeCurrency, hasMulticall, isTestnet } = chain;
    return {
      id,
      slug,
      name,
      explorerUrl,
      nativeCurrency,
      hasMulticall,
      isTestnet,
      origin: isOfHub(id) ? 'known' : 'stored',
      endpoints: endpoints.map((one) => ({ ...one, checkedAt: one.checkedAt?.toISOString() ?? null })),
    };
  }

  async function sealProbed(chainId: number, url: string, signal: AbortSignal) {
    const probed = await probe(url, signal);
    if (probed.chainId !== chainId) throw wrongChain(probed.chainId, chainId);
    const id = v7();
    return { probed, endpoint: { id, chainId, secret: secrets.seal(url, secretContext(id)) } };
  }

  return {
    /** Sees that the chains are known as they are stored; reads them again when that is a while ago. */
    refresh: async (): Promise<void> => {
      if (loadedAt === null || now().getTime() - loadedAt >= keptMs) await loadOnce();
    },

    /** The endpoints of the chain `check` are asked how they are; of the others it is told what is known. */
    listChains: async (check: number | null, signal: AbortSignal): Promise<Chain[]> =>
      Promise.all((await load()).map((chain) => present(chain, chain.id === check, signal))),

    /** @throws {HubError} `conflict`, `validation_failed` or `egress_refused` */
    createChain: async ({ url, ...chain }: CreateChainInput, signal: AbortSignal): Promise<Chain> => {
      const others = await load();
      const same = others.find(({ id }) => id === chain.id);
      if (same !== undefined) throw chainKnown(same.name);
      checkNames([chain.slug, chain.name], others);
      const { probed, endpoint } = await sealProbed(chain.id, url, signal);
      await repository.addChain({ ...chain, hasMulticall: probed.hasMulticall }, endpoint);
      return await present(await get(chain.id), true, signal);
    },

    /** @throws {HubError} `not_found`, `conflict` */
    updateChain: async (id: number, changes: UpdateChainInput, signal: AbortSignal): Promise<Chain> => {
      const chains = await load();
      const chain = findIn(chains, id);
      if (isOfHub(id)) throw chainOfHub(chain.name);
      const { name, explorerUrl } = changes;
      if (name !== undefined)
        checkNames(
          [name],
          chains.filter((other) => other !== chain),
        );
      await repository.updateChain(id, {
        ...(name !== undefined && { name }),
        ...(explorerUrl !== undefined && { explorerUrl }),
      });
      return await present(await get(id), false, signal);
    },

    /** @throws {HubError} `not_found`, `conflict` */
    removeChain: async (id: number): Promise<{ name: string }> => {
      const { name } = await get(id);
      if (isOfHub(id)) throw chainOfHub(name);
      await repository.removeChain(id);
      await load();
      return { name };
    },

    /** @throws {HubError} `not_found`, `conflict`, `validation_failed` or `egress_refused` */
    addEndpoint: async (id: number, url: string, signal: AbortSignal): Promise<Chain> => {
      const chain = await get(id);
      if (chain.isTestnet) throw endpointOfHub(chain.name);
      if (chain.endpoints.filter(({ origin }) => origin === 'stored').length >= mostStoredEndpoints)
        throw tooManyEndpoints();
      const { endpoint } = await sealProbed(id, url, signal);
      await repository.addEndpoint(endpoint);
      return await present(await get(id), false, signal);
    },

    /** @throws {HubError} `not_found`, `conflict` */
    removeEndpoint: async (id: number, endpointId: string): Promise<{ name: string; host: string }> => {
      const { name, endpoints } = await get(id);
      const found = endpoints.find((endpoint) => endpoint.id === endpointId);
      if (found === undefined) throw endpointNotFound(endpointId);
      if (found.origin !== 'stored') throw endpointFromOutside();
      if (endpoints.length === 1) throw lastEndpoint(name);
      await repository.removeEndpoint(endpointId);
      await load();
      return { name, host: new URL(found.url).host };
    },
  };
}

function findIn(chains: readonly OpenChain[], id: number): OpenChain {
  const found = chains.find((chain) => chain.id === id);
  if (found === undefined) throw chainNotFound(id);
  return found;
}

function hasNameOf({ slug, name }: Pick<OpenChain, 'slug' | 'name'>, names: readonly string[]): boolean {
  return names.some((other) => [slug, name.toLowerCase()].includes(other.toLowerCase()));
}

/** People and agents name a chain by its slug or name, so each must mean one chain. */
function checkNames(names: readonly string[], others: readonly OpenChain[]): void {
  const clash = names.find((name) => others.some((other) => hasNameOf(other, [name])));
  if (clash !== undefined) throw nameTaken(clash);
}
