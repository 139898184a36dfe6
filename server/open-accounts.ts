import { createAccountRepository } from '#server/features/accounts/account-repository.ts';
import { createAccountService } from '#server/features/accounts/account-service.ts';
import { createRemovalRepository } from '#server/features/accounts/removal-repository.ts';
import { createPersonRemover } from '#server/features/accounts/remove-person.ts';
import { createInvitationRepository } from '#server/features/accounts/invitation-repository.ts';
import { createInvitationService } from '#server/features/accounts/invitation-service.ts';
import { createPasswordResetRepository } from '#server/features/accounts/password-reset-repository.ts';
import { createPasswordResetService } from '#server/features/accounts/password-reset-service.ts';
import { createProfileService } from '#server/features/accounts/profile-service.ts';
import { createSessionKeeper, type Passwords } from '#server/features/accounts/session-keeper.ts';
import { createSessionRepository } from '#server/features/accounts/session-repository.ts';
import type { AgentService } from '#server/features/agents/agent-service.ts';
import type { ConversationService } from '#server/features/conversations/conversation-service.ts';
import type { Database } from '#server/platform/database.ts';
import type { Secrets } from '#server/platform/secrets.ts';

type Needs = {
  database: Database;
  secrets: Pick<Secrets, 'authSecret'>;
  baseUrl: string;
  onPersonChange: (userId: string) => void;
  passwords?: Passwords | undefined;
  /** What a person has, asked when they leave: both are built later. */
  findPossessions: () => {
    agents: Pick<AgentService, 'listShared' | 'handOverShared' | 'deleteAllOf'>;
    conversations: Pick<ConversationService, 'removeOfPerson'>;
  };
};

/** The accounts' part of the wiring: people, their sessions, and the ways in. */
export function openAccounts({ database, secrets, baseUrl, onPersonChange, passwords, findPossessions }: Needs) {
  const accountRepository = createAccountRepository({ database });
  const resetRepository = createPasswordResetRepository({ database });
  const sessions = createSessionKeeper({ prisma: database.prisma, secret: secrets.authSecret, baseUrl, passwords });
  const accounts = createAccountService({ repository: accountRepository, sessions, onPersonChange });
  return {
    accountRepository,
    accounts,
    invitations: createInvitationService({
      repository: createInvitationRepository({ database }),
      people: accountRepository,
      sessions,
      accounts,
    }),
    resets: createPasswordResetService({ repository: resetRepository, people: accountRepository, sessions, accounts }),
    profiles: createProfileService({
      people: accountRepository,
      repository: createSessionRepository({ database }),
      resets: resetRepository,
      sessions,
      accounts,
    }),
    removals: createPersonRemover({
      repository: createRemovalRepository({ database }),
      people: accountRepository,
      sessions,
      accounts,
      ports: {
        listSharedAgents: (ownerId) => findPossessions().agents.listShared(ownerId),
        handOverAgents: (ownerId, to) => findPossessions().agents.handOverShared(ownerId, to),
        deleteAgentsOf: (ownerId) => findPossessions().agents.deleteAllOf(ownerId),
        deleteConversationsOf: (userId) => findPossessions().conversations.removeOfPerson(userId),
      },
    }),
  };
}
