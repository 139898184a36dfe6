import type { Database } from '#server/platform/database.ts';

export type ChainRecord = {
  id: number;
  slug: string;
  name: string;
  explorerUrl: string;
  nativeCurrency: { name: string; symbol: string; decimals: number };
  hasMulticall: boolean;
};
export type EndpointRecord = { id: string; chainId: number; secret: string };

/** Chains and endpoints that administrators added, oldest first. */
export function createChainRepository({ database: { prisma } }: { database: Database }) {
  const addEndpoint = ({ id, chainId, secret }: EndpointRecord) =>
    prisma.chainEndpoint.create({ data: { id, chainId: BigInt(chainId), secret } });

  return {
    list: async (): Promise<{ chains: ChainRecord[]; endpoints: EndpointRecord[] }> => {
      const orderBy = { createdAt: 'asc' } as const;
      const [chains, endpoints] = await Promise.all([
        prisma.chain.findMany({ orderBy }),
        prisma.chainEndpoint.findMany({ orderBy }),
      ]);
      return {
        chains: chains.map((row) => ({
          id: Number(row.id),
          slug: row.slug,
          name: row.name,
          explorerUrl: row.explorerUrl,
          nativeCurrency: { name: row.currencyName, symbol: row.currencySymbol, decimals: row.currencyDecimals },
          hasMulticall: row.hasMulticall,
        })),
        endpoints: endpoints.map(({ id, chainId, secret }) => ({ id, chainId: Number(chainId), secret })),
      };
    },
    addChain: async ({ id, nativeCurrency, ...chain }: ChainRecord, endpoint: EndpointRecord): Promise<void> => {
      const { name: currencyName, symbol: currencySymbol, decimals: currencyDecimals } = nativeCurrency;
      await prisma.$transaction([
        prisma.chain.create({ data: { ...chain, id: BigInt(id), currencyName, currencySymbol, currencyDecimals } }),
        addEndpoint(endpoint),
      ]);
    },
    updateChain: async (id: number, changes: { name?: string; explorerUrl?: string }): Promise<void> => {
      await prisma.chain.updateMany({ where: { id: BigInt(id) }, data: changes });
    },
    removeChain: async (id: number): Promise<void> => {
      await prisma.$transaction([
        prisma.chainEndpoint.deleteMany({ where: { chainId: BigInt(id) } }),
        prisma.chain.deleteMany({ where: { id: BigInt(id) } }),
      ]);
    },
    addEndpoint: async (endpoint: EndpointRecord): Promise<void> => {
      await addEndpoint(endpoint);
    },
    removeEndpoint: async (id: string): Promise<void> => {
      await prisma.chainEndpoint.deleteMany({ where: { id } });
    },
    /** Every sealed URL; `replace` answers false when it is another one by now. */
    listSealed: async () =>
      (await prisma.chainEndpoint.findMany()).map(({ id, secret: envelope }) => ({
        place: id,
        envelope,
        replace: async (secret: string): Promise<boolean> =>
          (await prisma.chainEndpoint.updateMany({ where: { id, secret: envelope }, data: { secret } })).count > 0,
      })),
  };
}
export type ChainRepository = ReturnType<typeof createChainRepository>;
