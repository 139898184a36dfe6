import type { IncomingHttpHeaders } from 'node:http';
import type { Actor } from '#server/contract/actor.ts';
import type {
  CloseAccountInput,
  PersonHoldings,
  RemovePersonInput,
  SharedAgent,
} from '#server/contract/person-removal.ts';
import {
  cannotHandOverTo,
  cannotRemoveOneself,
  lastAdministrator,
  onlyAdministrators,
  personNotFound,
  wrongPassword,
} from './account-errors.ts';
import { canAdminister } from './account-policy.ts';
import type { AccountRepository } from './account-repository.ts';
import type { AccountService } from './account-service.ts';
import type { RemovalRepository } from './removal-repository.ts';
import type { SessionKeeper } from './session-keeper.ts';

/** What other rooms have of a person, and how it goes or is handed on. */
export type RemovalPorts = {
  /** Those of their agents that others can use, the most used first. */
  listSharedAgents: (ownerId: string) => Promise<SharedAgent[]>;
  /** To another person, as others know them: unpublished changes are not handed on. */
  handOverAgents: (ownerId: string, to: string) => Promise<void>;
  /** All that a person has, with everybody's conversations with them. */
  deleteAgentsOf: (ownerId: string) => Promise<void>;
  /** With what was said in them, once their runs are stopped. */
  deleteConversationsOf: (userId: string) => Promise<void>;
};

type Needs = {
  repository: RemovalRepository;
  people: Pick<AccountRepository, 'findPerson'>;
  sessions: Pick<SessionKeeper, 'isPassword' | 'signOut'>;
  accounts: Pick<AccountService, 'forgetPerson'>;
  ports: RemovalPorts;
};

const sharedAgentsShown = 200;

/**
 * How people leave the hub: an administrator removes them, or they close their account themselves.
 *
 * All that is theirs goes: conversations, files, keys, connections, toolsets, triggers, datasets, queries, audits, reviews
 * and private agents. What their runs used stays for the sums, without a name and without what was said. A removal that
 * was cut short leaves nobody who could sign in, and can be done again.
 */
export function createPersonRemover({ repository, people, sessions, accounts, ports }: Needs) {
  async function findHoldings(userId: string): Promise<PersonHoldings> {
    const [sharedAgents, counts] = await Promise.all([
      ports.listSharedAgents(userId),
      repository.countHoldings(userId),
    ]);
    return { sharedAgents: sharedAgents.slice(0, sharedAgentsShown), counts };
  }

  async function lockOut(userId: string, by: Parameters<RemovalRepository['lockOut']>[1]) {
    const outcome = await repository.lockOut(userId, by);
    if (outcome === 'not-found') throw personNotFound();
    if (outcome === 'not-administrator') throw onlyAdministrators();
    if (outcome === 'last-administrator') throw lastAdministrator();
    accounts.forgetPerson(userId);
    return outcome;
  }

  async function removeAll(userId: string): Promise<void> {
    await ports.deleteConversationsOf(userId);
    await ports.deleteAgentsOf(userId);
    await repository.remove(userId);
    accounts.forgetPerson(userId);
  }

  return {
    /** What goes with a person. @throws {HubError} `not_found` */
    async getHoldings(actor: Actor, userId: string): Promise<PersonHoldings> {
      if (!canAdminister(actor)) throw onlyAdministrators();
      if ((await people.findPerson(userId)) === null) throw personNotFound();
      return findHoldings(userId);
    },

    getOwnHoldings: (actor: Actor): Promise<PersonHoldings> => findHoldings(actor.userId),

    /**
     * Answers whom it removed and who has their shared agents now.
     *
     * @throws {HubError} `conflict`, for oneself and the last administrator; `validation_failed`, if agents cannot be handed
     * over to the named person; nothing has changed then
     */
    async removePerson(
      actor: Actor,
      userId: string,
      { sharedAgents }: RemovePersonInput,
    ): Promise<{ name: string; heir: string | null }> {
      if (!canAdminister(actor)) throw onlyAdministrators();
      if (userId === actor.userId) throw cannotRemoveOneself();
      const heir = sharedAgents.outcome === 'hand-over' ? await people.findPerson(sharedAgents.to) : null;
      const isOwner = heir !== null && heir.id !== userId && heir.role !== 'member';
      if (sharedAgents.outcome === 'hand-over' && !isOwner) throw cannotHandOverTo();
      const { name } = await lockOut(userId, { administratorId: actor.userId });
      if (heir !== null) await ports.handOverAgents(userId, heir.id);
      await removeAll(userId);
      return { name, heir: heir?.name ?? null };
    },

    /**
     * Removes the actor, who is signed out everywhere; shared agents are taken down.
     *
     * @throws {HubError} `validation_failed` at `body.password`, if that is wrong; `conflict` for the last administrator
     */
    async closeAccount(
      actor: Actor,
      { password }: CloseAccountInput,
      headers: IncomingHttpHeaders,
    ): Promise<{ setCookie: string[] }> {
      if (!(await sessions.isPassword(actor.userId, password))) throw wrongPassword();
      await lockOut(actor.userId, 'themselves');
      await removeAll(actor.userId);
      return sessions.signOut(headers);
    },

    /** Looks once more at the runs of those who were removed lately. */
    emptyLateRuns: repository.emptyLateRuns,
  };
}
export type PersonRemover = ReturnType<typeof createPersonRemover>;
