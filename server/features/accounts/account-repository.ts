import type { Person, Role } from '#server/contract/account.ts';
import type { Database } from '#server/platform/database.ts';
import type { PagePosition } from '#server/page-cursor.ts';
import { isEmailTaken, type NewPerson, insertPerson, toPerson } from './person-record.ts';

const setUpSetting = 'accounts.setup-token';

/** People, and the one-time token that makes the first administrator. */
export function createAccountRepository({
  database: { prisma, pool },
}: {
  database: Pick<Database, 'prisma' | 'pool'>;
}) {
  return {
    /** Through the pool: this is asked at each start, and Prisma's first query takes a third of a second. */
    hasAdministrator: async (): Promise<boolean> =>
      (await pool.query(`SELECT 1 FROM users WHERE role = 'administrator' LIMIT 1`)).rows.length > 0,

    /** The one who has been a person of the hub for longest. */
    async findFirstAdministrator(): Promise<Person | null> {
      const where = { role: 'administrator' };
      const record = await prisma.user.findFirst({ where, orderBy: { createdAt: 'asc' } });
      return record === null ? null : toPerson(record);
    },

    async findPerson(id: string): Promise<Person | null> {
      const record = await prisma.user.findUnique({ where: { id } });
      return record === null ? null : toPerson(record);
    },

    async findPersonByEmail(email: string): Promise<Person | null> {
      const record = await prisma.user.findUnique({ where: { email: email.toLowerCase() } });
      return record === null ? null : toPerson(record);
    },

    /** Newest first. */
    async listPeople({ after, limit }: { after: PagePosition | null; limit: number }): Promise<Person[]> {
      const records = await prisma.user.findMany({
        ...(after === null
          ? {}
          : { where: { OR: [{ createdAt: { lt: after.at } }, { createdAt: after.at, id: { lt: after.id } }] } }),
        orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
        take: limit,
      });
      return records.map(toPerson);
    },

    async createPerson(person: NewPerson): Promise<Person | 'email-taken'> {
      try {
        return await prisma.$transaction((transaction) => insertPerson(transaction, person));
      } catch (error) {
        if (isEmailTaken(error)) return 'email-taken';
        throw error;
      }
    },

    async renamePerson(id: string, name: string): Promise<Person | null> {
      const [record] = await prisma.user.updateManyAndReturn({ where: { id }, data: { name } });
      return record === undefined ? null : toPerson(record);
    },

    async storeSetUpToken(hash: string) {
      const value = { hash };
      await prisma.hubSetting.upsert({
        where: { name: setUpSetting },
        create: { name: setUpSetting, value },
        update: { value },
      });
    },

    /** The token's row is deleted first, so that of two requests at the same time one finds nothing. */
    async createFirstAdministrator(
      tokenHash: string,
      person: NewPerson,
    ): Promise<Person | 'closed' | 'wrong-token' | 'email-taken'> {
      try {
        return await prisma.$transaction(async (transaction) => {
          const consumed = await transaction.hubSetting.deleteMany({
            where: { name: setUpSetting, value: { equals: { hash: tokenHash } } },
          });
          if ((await transaction.user.findFirst({ where: { role: 'administrator' } })) !== null) return 'closed';
          return consumed.count === 0 ? 'wrong-token' : await insertPerson(transaction, person);
        });
      } catch (error) {
        if (isEmailTaken(error)) return 'email-taken';
        throw error;
      }
    },

    /** Locks the administrators, so that two of them cannot take each other's role at the same time. */
    async changeRole(id: string, role: Role): Promise<Person | 'not-found' | 'last-administrator'> {
      return prisma.$transaction(async (transaction) => {
        const administrators = await transaction.$queryRaw<{ id: string }[]>`
          SELECT id FROM users WHERE role = 'administrator' ORDER BY id FOR UPDATE`;
        const isLast = administrators.length === 1 && administrators[0]?.id === id;
        if (isLast && role !== 'administrator') return 'last-administrator';
        const [record] = await transaction.user.updateManyAndReturn({ where: { id }, data: { role } });
        return record === undefined ? 'not-found' : toPerson(record);
      });
    },
  };
}
export type AccountRepository = ReturnType<typeof createAccountRepository>;
