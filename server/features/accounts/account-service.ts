import type { IncomingHttpHeaders } from 'node:http';
import { v7 } from 'uuid';
import {
  CreatePersonInput,
  type Person,
  type SessionState,
  type SetUpInput,
  type SignInInput,
  type UpdatePersonInput,
} from '#server/contract/account.ts';
import type { Actor } from '#server/contract/actor.ts';
import type { Page, PageQuery } from '#server/contract/page.ts';
import { readPageCursor, toPage } from '#server/page-cursor.ts';
import {
  emailTaken,
  lastAdministrator,
  onlyAdministrators,
  personNotFound,
  setUpClosed,
  setUpTokenWrong,
  wrongCredentials,
} from './account-errors.ts';
import { canAdminister, canCreateAgents } from './account-policy.ts';
import type { AccountRepository } from './account-repository.ts';
import { createOneTimeToken, hashOneTimeToken } from './one-time-token.ts';
import { createSessionCache } from './session-cache.ts';
import type { Client, SessionKeeper } from './session-keeper.ts';

/** What the page needs to know, with the cookies to set. */
export type SessionAnswer = { state: SessionState; setCookie: string[] };

type Needs = {
  repository: AccountRepository;
  sessions: SessionKeeper;
  /** Called when a person's name or role changed, for rooms that remember actors. */
  onPersonChange?: ((userId: string) => void) | undefined;
};

/** The actor that a person is in the page. */
export function toActor({ id, name, role }: Person): Actor {
  return { userId: id, name, role, key: null };
}

/**
 * Who is on this hub and what they are: sessions, the first administrator, people and their roles.
 *
 * Nobody can sign up from outside: people come by the one-time set-up link, by invitation, or by the command line.
 * Today a password is the way in; a wallet or single sign-on is another provider in `session-keeper.ts` and the table
 * `accounts`, and changes nothing here.
 */
export function createAccountService({ repository, sessions, onPersonChange }: Needs) {
  const cache = createSessionCache({ sessions });
  let administratorSeen = false;

  async function needsSetUp(): Promise<boolean> {
    administratorSeen ||= await repository.hasAdministrator();
    return !administratorSeen;
  }

  async function toState(person: Person | null, actor: Actor | null): Promise<SessionState> {
    return {
      needsSetup: await needsSetUp(),
      person,
      can: {
        createAgents: actor !== null && canCreateAgents(actor),
        administer: actor !== null && canAdminister(actor),
      },
    };
  }

  async function signIn(input: SignInInput, client: Client): Promise<SessionAnswer> {
    const signedIn = await sessions.signIn(input, client);
    const person = signedIn === null ? null : await repository.findPerson(signedIn.userId);
    if (signedIn === null || person === null) throw wrongCredentials();
    return { state: await toState(person, toActor(person)), setCookie: signedIn.setCookie };
  }

  /** What other rooms and open sessions remember of a person is read anew. */
  function forgetPerson(id: string): void {
    cache.forgetPerson(id);
    onPersonChange?.(id);
  }

  return {
    signIn,
    forgetPerson,

    /** The person behind a session cookie, or null; remembered for up to half a minute. */
    resolveSession: (headers: IncomingHttpHeaders): Promise<Actor | null> => cache.find(headers),

    /** What the page needs first; prolongs a session that is getting old. */
    async readSession(visitor: Actor | null, headers: IncomingHttpHeaders): Promise<SessionAnswer> {
      const person = visitor === null ? null : await repository.findPerson(visitor.userId);
      const state = await toState(person, person === null ? null : visitor);
      if (visitor === null || visitor.key !== null) return { state, setCookie: [] };
      return { state, setCookie: (await sessions.refreshSession(headers)).setCookie };
    },

    async signOut(headers: IncomingHttpHeaders): Promise<{ setCookie: string[] }> {
      const answer = await sessions.signOut(headers);
      cache.forgetCookie(headers);
      return answer;
    },

    /**
     * Opens the way for the first administrator: the token of a link that works once, or null when there is one already.
     *
     * Each call makes earlier tokens useless; only a hash is stored.
     */
    async openSetup(): Promise<string | null> {
      if (!(await needsSetUp())) return null;
      const { token, hash } = createOneTimeToken();
      await repository.storeSetUpToken(hash);
      return token;
    },

    /** @throws {HubError} `setup_closed`, once there is an administrator; `forbidden`, if the token is not the newest. */
    async setUp({ token, name, email, password }: SetUpInput, client: Client): Promise<SessionAnswer> {
      if (!(await needsSetUp())) throw setUpClosed();
      const passwordHash = await sessions.hashPassword(password);
      const person = { id: v7(), name, email, role: 'administrator' as const, passwordHash };
      const outcome = await repository.createFirstAdministrator(hashOneTimeToken(token), person);
      if (outcome === 'closed') throw setUpClosed();
      if (outcome === 'wrong-token') throw setUpTokenWrong();
      if (outcome === 'email-taken') throw emailTaken(email);
      return signIn({ email, password }, client);
    },

    /**
     * Adds a person without an invitation, for the command line.
     *
     * @throws {ZodError} naming what is wrong with the input
     * @throws {HubError} `conflict`, if the address has a place already
     */
    async createPerson(input: CreatePersonInput): Promise<Person> {
      const { password, ...person } = CreatePersonInput.parse(input);
      const passwordHash = await sessions.hashPassword(password);
      const outcome = await repository.createPerson({ id: v7(), ...person, passwordHash });
      if (outcome === 'email-taken') throw emailTaken(person.email);
      return outcome;
    },

    findFirstAdministrator: (): Promise<Person | null> => repository.findFirstAdministrator(),
    findPersonByEmail: (email: string): Promise<Person | null> => repository.findPersonByEmail(email),

    async listPeople(actor: Actor, { limit, cursor }: PageQuery): Promise<Page<Person>> {
      if (!canAdminister(actor)) throw onlyAdministrators();
      const found = await repository.listPeople({ after: readPageCursor(cursor), limit: limit + 1 });
      return toPage(found, limit, ({ createdAt, id }) => ({ at: new Date(createdAt), id }));
    },

    /** @throws {HubError} `conflict`, if the hub would be left without an administrator */
    async updatePerson(
      actor: Actor,
      id: string,
      { role }: UpdatePersonInput,
    ): Promise<{ before: Person['role']; person: Person }> {
      if (!canAdminister(actor)) throw onlyAdministrators();
      const before = await repository.findPerson(id);
      if (before === null) throw personNotFound();
      const outcome = await repository.changeRole(id, role);
      if (outcome === 'not-found') throw personNotFound();
      if (outcome === 'last-administrator') throw lastAdministrator();
      forgetPerson(id);
      return { before: before.role, person: outcome };
    },

    warmUp: () => sessions.warmUp(),
  };
}
export type AccountService = ReturnType<typeof createAccountService>;
