import type { Database } from '#server/platform/database.ts';
import { type ModelPrice, PriceUnit, type SetPriceInput } from '#server/contract/model.ts';

const defaultModelSetting = 'default-model';
const toNumber = (value: { toNumber: () => number } | null) => (value === null ? null : value.toNumber());

export type ConnectionRecord = {
  id: string;
  /** Whose it is; null: the hub's. */
  ownerId: string | null;
  name: string;
  provider: string;
  baseUrl: string;
  api: string | null;
  secret: string | null;
  maximumConcurrentCalls: number | null;
  createdAt: Date;
};

/** Stored connections, administrators' prices, and the default model. */
export function createModelRepository({ database: { prisma } }: { database: Database }) {
  const replace = async (id: string, before: string, after: string): Promise<boolean> =>
    (await prisma.connection.updateMany({ where: { id, secret: before }, data: { secret: after } })).count > 0;

  return {
    listConnections: (): Promise<ConnectionRecord[]> => prisma.connection.findMany({ orderBy: { createdAt: 'asc' } }),
    findConnection: (id: string): Promise<ConnectionRecord | null> => prisma.connection.findUnique({ where: { id } }),
    countConnectionsOf: (ownerId: string): Promise<number> => prisma.connection.count({ where: { ownerId } }),
    createConnection: (connection: ConnectionRecord & { createdBy: string }): Promise<ConnectionRecord> =>
      prisma.connection.create({ data: connection }),
    updateConnection: (
      id: string,
      changes: Partial<Pick<ConnectionRecord, 'name' | 'baseUrl' | 'api' | 'secret' | 'maximumConcurrentCalls'>>,
    ): Promise<ConnectionRecord> => prisma.connection.update({ where: { id }, data: changes }),
    /** Every sealed key; `replace` answers false when it is another one by now. */
    listSealed: async () => {
      const rows = await prisma.connection.findMany({ where: { secret: { not: null } } });
      return rows.flatMap(({ id, secret }) =>
        secret === null
          ? []
          : [{ place: id, envelope: secret, replace: (after: string) => replace(id, secret, after) }],
      );
    },
    removeConnection: (id: string) => prisma.connection.delete({ where: { id } }),

    readPrices: async (): Promise<Record<string, ModelPrice>> => {
      const rows = await prisma.modelPrice.findMany();
      return Object.fromEntries(
        rows.map((row) => [
          row.model,
          {
            inputUsd: toNumber(row.inputUsd),
            outputUsd: toNumber(row.outputUsd),
            cachedInputUsd: toNumber(row.cachedInputUsd),
            unit: PriceUnit.parse(row.unit),
            longPrompt: null,
          },
        ]),
      );
    },
    setPrice: (price: SetPriceInput) =>
      prisma.modelPrice.upsert({ where: { model: price.model }, create: price, update: price }),
    removePrice: (model: string) => prisma.modelPrice.deleteMany({ where: { model } }),

    readDefaultModel: async (): Promise<string | null> => {
      const row = await prisma.hubSetting.findUnique({ where: { name: defaultModelSetting } });
      return typeof row?.value === 'string' ? row.value : null;
    },
    setDefaultModel: async (reference: string | null): Promise<void> => {
      if (reference === null) await prisma.hubSetting.deleteMany({ where: { name: defaultModelSetting } });
      else
        await prisma.hubSetting.upsert({
          where: { name: defaultModelSetting },
          create: { name: defaultModelSetting, value: reference },
          update: { value: reference },
        });
    },
  };
}
export type ModelRepository = ReturnType<typeof createModelRepository>;
