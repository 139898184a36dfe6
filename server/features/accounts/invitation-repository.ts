import { type Invitation, type Person, Role } from '#server/contract/account.ts';
import type { Database } from '#server/platform/database.ts';
import type { PagePosition } from '#server/page-cursor.ts';
import { isEmailTaken, type NewPerson, insertPerson } from './person-record.ts';

type InvitationRecord = {
  id: string;
  email: string;
  role: string;
  expiresAt: Date;
  acceptedAt: Date | null;
  createdAt: Date;
};

function toInvitation({ id, email, role, expiresAt, acceptedAt, createdAt }: InvitationRecord): Invitation {
  return {
    id,
    email,
    role: Role.parse(role),
    expiresAt: expiresAt.toISOString(),
    acceptedAt: acceptedAt?.toISOString() ?? null,
    createdAt: createdAt.toISOString(),
  };
}

/** Open and used invitations; links are found by their hash only. */
export function createInvitationRepository({ database: { prisma } }: { database: Pick<Database, 'prisma'> }) {
  return {
    async createInvitation(data: {
      id: string;
      email: string;
      role: Role;
      tokenHash: string;
      invitedBy: string;
      expiresAt: Date;
    }): Promise<Invitation> {
      return toInvitation(await prisma.invitation.create({ data }));
    },

    /** Newest first. */
    async listInvitations({ after, limit }: { after: PagePosition | null; limit: number }): Promise<Invitation[]> {
      const records = await prisma.invitation.findMany({
        ...(after === null
          ? {}
          : { where: { OR: [{ createdAt: { lt: after.at } }, { createdAt: after.at, id: { lt: after.id } }] } }),
        orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
        take: limit,
      });
      return records.map(toInvitation);
    },

    /** What was there, or null. */
    async deleteInvitation(id: string): Promise<Invitation | null> {
      const record = await prisma.invitation.findUnique({ where: { id } });
      if (record === null || (await prisma.invitation.deleteMany({ where: { id } })).count === 0) return null;
      return toInvitation(record);
    },

    async findOpenInvitation(tokenHash: string): Promise<Invitation | null> {
      const record = await prisma.invitation.findFirst({
        where: { tokenHash, acceptedAt: null, expiresAt: { gt: new Date() } },
      });
      return record === null ? null : toInvitation(record);
    },

    /** Marks the invitation before the person is added: a link works once, also for two requests at the same time. */
    async acceptInvitation(
      tokenHash: string,
      person: Omit<NewPerson, 'email' | 'role'>,
    ): Promise<Person | 'not-open' | 'email-taken'> {
      try {
        return await prisma.$transaction(async (transaction) => {
          const [accepted] = await transaction.invitation.updateManyAndReturn({
            where: { tokenHash, acceptedAt: null, expiresAt: { gt: new Date() } },
            data: { acceptedAt: new Date() },
          });
          if (accepted === undefined) return 'not-open';
          return await insertPerson(transaction, { ...person, email: accepted.email, role: Role.parse(accepted.role) });
        });
      } catch (error) {
        if (isEmailTaken(error)) return 'email-taken';
        throw error;
      }
    },
  };
}
export type InvitationRepository = ReturnType<typeof createInvitationRepository>;
