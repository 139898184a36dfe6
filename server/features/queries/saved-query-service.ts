import { isDeepStrictEqual } from 'node:util';
import { v7 } from 'uuid';
import type { Actor } from '#server/contract/actor.ts';
import type { Page } from '#server/contract/page.ts';
import type {
  CreateQueryInput,
  QueryListQuery,
  QueryVersion,
  SavedQuery,
  UpdateQueryInput,
} from '#server/contract/saved-query.ts';
import { isWholePerson } from '#server/is-whole-person.ts';
import { readPageCursor, toPage } from '#server/page-cursor.ts';
import {
  mostQueries,
  queriesRefused,
  queryNotFound,
  queryOfOthers,
  tooManyQueries,
  versionNotFound,
} from './query-errors.ts';
import { canEditQuery, canSeeQuery } from './saved-query-policy.ts';
import type { SavedQueryRecord, SavedQueryRepository } from './saved-query-repository.ts';

/** Queries that people save, share and copy; what one reads are the tables of whoever runs it. */
export function createSavedQueryService({ repository, now }: { repository: SavedQueryRepository; now: () => Date }) {
  /** @throws {HubError} `not_found` */
  async function find(actor: Actor, reference: string | number): Promise<SavedQueryRecord> {
    const query = await repository.find(typeof reference === 'number' ? { number: reference } : { id: reference });
    if (query === null || !canSeeQuery(actor, query)) throw queryNotFound(reference);
    return query;
  }

  async function findOwn(actor: Actor, id: string): Promise<SavedQueryRecord> {
    const query = await find(actor, id);
    if (!canEditQuery(actor, query)) throw queryOfOthers();
    return query;
  }

  async function add(actor: Actor, input: CreateQueryInput, forkOfId: string | null): Promise<SavedQuery> {
    if (!isWholePerson(actor)) throw queriesRefused();
    const { userId: ownerId } = actor;
    if ((await repository.count(ownerId)) >= mostQueries) throw tooManyQueries();
    return present(actor, await repository.create({ ...input, id: v7(), ownerId, forkOfId, now: now() }));
  }

  return {
    list: async (actor: Actor, { of, search, cursor, limit }: QueryListQuery): Promise<Page<SavedQuery>> => {
      if (!isWholePerson(actor)) return { items: [], nextCursor: null };
      const found = await repository.list({
        ownerId: of === 'hub' ? null : actor.userId,
        isArchived: of === 'archived',
        search,
        before: readPageCursor(cursor),
        limit: limit + 1,
      });
      const { items, nextCursor } = toPage(found, limit, ({ updatedAt, id }) => ({ at: updatedAt, id }));
      return { items: items.map((query) => present(actor, query)), nextCursor };
    },

    /** @param reference - its identifier, or its number. @throws {HubError} `not_found` */
    get: async (actor: Actor, reference: string | number): Promise<SavedQuery> =>
      present(actor, await find(actor, reference)),

    /** @throws {HubError} `forbidden`, `conflict` */
    create: (actor: Actor, input: CreateQueryInput): Promise<SavedQuery> => add(actor, input, null),

    /** A private copy of the newest version. @throws {HubError} `not_found` */
    fork: async (actor: Actor, id: string): Promise<SavedQuery> => {
      const { name, description, engine, sql, parameters } = await find(actor, id);
      return add(actor, { name, description, access: 'private', engine, sql, parameters }, id);
    },

    /** Another engine, other SQL or parameters make a new version. @throws {HubError} `not_found`, `forbidden` */
    update: async (
      actor: Actor,
      id: string,
      { engine, sql, parameters, ...details }: UpdateQueryInput,
    ): Promise<SavedQuery> => {
      const query = await findOwn(actor, id);
      const before = { engine: query.engine, sql: query.sql, parameters: query.parameters };
      const content = {
        engine: engine ?? before.engine,
        sql: sql ?? before.sql,
        parameters: parameters ?? before.parameters,
      };
      const isNew = !isDeepStrictEqual(content, before);
      const given = {
        ...(details.name === undefined ? {} : { name: details.name }),
        ...(details.description === undefined ? {} : { description: details.description }),
        ...(details.access === undefined ? {} : { access: details.access }),
        ...(details.isArchived === undefined ? {} : { isArchived: details.isArchived }),
      };
      return present(actor, await repository.update(query, { ...given, content: isNew ? content : null, now: now() }));
    },

    /** @throws {HubError} `not_found`, `forbidden` */
    remove: async (actor: Actor, id: string): Promise<void> => {
      await findOwn(actor, id);
      await repository.remove(id);
    },

    /** Newest first. @throws {HubError} `not_found` */
    listVersions: async (actor: Actor, id: string): Promise<QueryVersion[]> => {
      await find(actor, id);
      return repository.listVersions(id);
    },

    /** Makes an earlier version the newest again. @throws {HubError} `not_found`, `forbidden` */
    restore: async (actor: Actor, id: string, version: number): Promise<SavedQuery> => {
      const query = await findOwn(actor, id);
      const earlier = await repository.findVersion(id, version);
      if (earlier === null) throw versionNotFound(version);
      const content = { engine: earlier.engine, sql: earlier.sql, parameters: earlier.parameters };
      return present(actor, await repository.update(query, { content, now: now() }));
    },
  };
}
export type SavedQueryService = ReturnType<typeof createSavedQueryService>;

function present(actor: Actor, query: SavedQueryRecord): SavedQuery {
  const { ownerId: _ownerId, forkOfId: forkOf, createdAt, updatedAt, ...rest } = query;
  return {
    ...rest,
    forkOf,
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
    can: { edit: canEditQuery(actor, query) },
  };
}
