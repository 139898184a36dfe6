import { Role } from '#server/contract/account.ts';
import { Scope } from '#server/contract/api-key.ts';
import { MonthlyBudget, noBudget } from '#server/contract/budget.ts';
import type { Database } from '#server/platform/database.ts';
import type { PagePosition } from '#server/page-cursor.ts';

/** A key as it is stored. */
export type KeyRecord = {
  id: string;
  name: string;
  prefix: string;
  scopes: Scope[];
  agentIds: string[];
  budget: MonthlyBudget;
  expiresAt: Date | null;
  lastUsedAt: Date | null;
  requestCount: number;
  totalTokens: number;
  costUsd: number;
  createdAt: Date;
};

/** What a request with a key needs to know. */
export type KeyHolder = Pick<KeyRecord, 'id' | 'scopes' | 'agentIds' | 'expiresAt'> & {
  person: { id: string; name: string; role: Role };
};

/** How often a key was used since the last time that it was stored. */
export type KeyUse = { id: string; requests: number; lastUsedAt: Date };

type StoredKey = Omit<KeyRecord, 'scopes' | 'budget' | 'requestCount' | 'totalTokens' | 'costUsd'> & {
  monthlyBudget: unknown;
  scopes: string[];
  requestCount: bigint;
  totalTokens: bigint;
  costUsd: { toNumber: () => number };
};

function toScopes(scopes: string[]): Scope[] {
  return scopes.flatMap((scope) => Scope.safeParse(scope).data ?? []);
}

function toKeyRecord(stored: StoredKey): KeyRecord {
  const { id, name, prefix, agentIds, expiresAt, lastUsedAt, createdAt } = stored;
  return {
    id,
    name,
    prefix,
    scopes: toScopes(stored.scopes),
    agentIds,
    budget: MonthlyBudget.safeParse(stored.monthlyBudget).data ?? noBudget,
    expiresAt,
    lastUsedAt,
    requestCount: Number(stored.requestCount),
    totalTokens: Number(stored.totalTokens),
    costUsd: stored.costUsd.toNumber(),
    createdAt,
  };
}

export function createKeyRepository({ database: { prisma, pool } }: { database: Pick<Database, 'prisma' | 'pool'> }) {
  return {
    async createKey({
      budget,
      ...data
    }: {
      id: string;
      userId: string;
      name: string;
      prefix: string;
      hash: string;
      scopes: Scope[];
      agentIds: string[];
      expiresAt: Date | null;
      budget: MonthlyBudget;
    }): Promise<KeyRecord> {
      return toKeyRecord(await prisma.apiKey.create({ data: { ...data, monthlyBudget: budget } }));
    },

    /** Null where the person has no such key. */
    async updateKey(
      { userId, id }: { userId: string; id: string },
      { name, budget }: { name: string | undefined; budget: MonthlyBudget | undefined },
    ): Promise<KeyRecord | null> {
      const data = {
        ...(name === undefined ? {} : { name }),
        ...(budget === undefined ? {} : { monthlyBudget: budget }),
      };
      const [stored] = await prisma.apiKey.updateManyAndReturn({ where: { id, userId }, data });
      return stored === undefined ? null : toKeyRecord(stored);
    },

    /** Newest first. */
    async listKeys(
      userId: string,
      { after, limit }: { after: PagePosition | null; limit: number },
    ): Promise<KeyRecord[]> {
      const older =
        after === null ? {} : { OR: [{ createdAt: { lt: after.at } }, { createdAt: after.at, id: { lt: after.id } }] };
      const stored = await prisma.apiKey.findMany({
        where: { userId, ...older },
        orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
        take: limit,
      });
      return stored.map(toKeyRecord);
    },

    async deleteKey(userId: string, id: string): Promise<boolean> {
      return (await prisma.apiKey.deleteMany({ where: { id, userId } })).count > 0;
    },

    async findHolder(hash: string): Promise<KeyHolder | null> {
      const stored = await prisma.apiKey.findUnique({
        where: { hash },
        select: {
          id: true,
          scopes: true,
          agentIds: true,
          expiresAt: true,
          user: { select: { id: true, name: true, role: true } },
        },
      });
      if (stored === null) return null;
      const { id, scopes, agentIds, expiresAt, user } = stored;
      return { id, scopes: toScopes(scopes), agentIds, expiresAt, person: { ...user, role: Role.parse(user.role) } };
    },

    /** Adds the use of many keys in one statement; keys deleted in the meantime are passed over. */
    async addUse(uses: KeyUse[]): Promise<void> {
      await pool.query(
        `UPDATE api_keys AS k
            SET request_count = k.request_count + u.requests, last_used_at = GREATEST(k.last_used_at, u.last_used_at)
           FROM unnest($1::text[], $2::int[], $3::timestamptz[]) AS u (id, requests, last_used_at)
          WHERE k.id = u.id`,
        [uses.map(({ id }) => id), uses.map(({ requests }) => requests), uses.map(({ lastUsedAt }) => lastUsedAt)],
      );
    },
  };
}
export type KeyRepository = ReturnType<typeof createKeyRepository>;
