import { v7 } from 'uuid';
import type { Actor } from '#server/contract/actor.ts';
import type { ApiKey, CreateApiKeyInput, CreatedApiKey, UpdateApiKeyInput } from '#server/contract/api-key.ts';
import type { Spending } from '#server/contract/budget.ts';
import type { Page, PageQuery } from '#server/contract/page.ts';
import { readPageCursor, toPage } from '#server/page-cursor.ts';
import { adminScopeRefused, keyInputInvalid, keyNotFound, keysCannotMakeKeys } from './key-errors.ts';
import type { KeyRecord, KeyRepository } from './key-repository.ts';
import { createKeySecret } from './key-secret.ts';
import { createKeyUse } from './key-use.ts';
import { createKeyResolver } from './resolve-key.ts';

export type KeyAgent = { id: string; handle: string };

/** Those of some agents (handles or identifiers) that the actor can see; others are left out. */
export type FindKeyAgents = (actor: Actor, references: string[]) => Promise<KeyAgent[]>;

type Needs = {
  repository: KeyRepository;
  findAgents: FindKeyAgents;
  /** What keys have spent this month; those that spent nothing are missing. */
  findSpending: (keyIds: string[]) => Promise<Map<string, Spending>>;
  /** Told when a key may spend something else than before. */
  onBudgetChange: () => void;
  onUseNotStored: (error: unknown) => void;
};

const nothing: Spending = { tokens: 0, costUsd: 0 };

function present(record: KeyRecord, agents: KeyAgent[], spentThisMonth = nothing): ApiKey {
  const { agentIds, expiresAt, lastUsedAt, createdAt, ...rest } = record;
  return {
    ...rest,
    // A key stays bound to an agent that is gone: it must never become one for all agents.
    agents: agentIds.map((id) => agents.find((agent) => agent.id === id) ?? { id, handle: id }),
    expiresAt: expiresAt?.toISOString() ?? null,
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
    spentThisMonth,
    createdAt: createdAt.toISOString(),
  };
}

/**
 * People's API keys: made, listed, changed, deleted, and recognised on requests.
 *
 * `close` stores the counts of use that are still in memory.
 */
export function createKeyService({ repository, findAgents, findSpending, onBudgetChange, onUseNotStored }: Needs) {
  const use = createKeyUse({ repository, onFailure: onUseNotStored });
  const resolver = createKeyResolver({ repository, countUse: use.count });

  async function findBoundAgents(actor: Actor, references: string[]): Promise<KeyAgent[]> {
    const found = references.length === 0 ? [] : await findAgents(actor, references);
    const issues = references.flatMap((reference, index) =>
      found.some(({ id, handle }) => id === reference || handle === reference)
        ? []
        : [
            {
              path: `body.agents.${index}`,
              message: {
                en: `There is no agent "${reference}" that you can use.`,
                zh: `没有您可以使用的智能体“${reference}”。`,
              },
            },
          ],
    );
    if (issues.length > 0) throw keyInputInvalid(issues);
    return found;
  }

  async function presentAll(actor: Actor, records: KeyRecord[]): Promise<ApiKey[]> {
    if (records.length === 0) return [];
    const agentIds = [...new Set(records.flatMap((record) => record.agentIds))];
    const [agents, spending] = await Promise.all([
      agentIds.length === 0 ? [] : findAgents(actor, agentIds),
      findSpending(records.map(({ id }) => id)),
    ]);
    return records.map((record) => present(record, agents, spending.get(record.id)));
  }

  return {
    resolveKey: resolver.resolveKey,
    /** Forgets what is remembered of a person's keys, after their role changed. */
    forgetPerson: resolver.forgetPerson,
    flush: use.flush,
    close: use.close,

    /** The answer is the only place where the key itself is shown. */
    async createKey(actor: Actor, input: CreateApiKeyInput): Promise<CreatedApiKey> {
      if (actor.key !== null) throw keysCannotMakeKeys();
      if (input.scopes.includes('admin') && actor.role !== 'administrator') throw adminScopeRefused();
      const expiresAt = input.expiresAt === null ? null : new Date(input.expiresAt);
      if (expiresAt !== null && expiresAt.getTime() <= Date.now()) {
        const message = { en: 'Choose a time that is still to come.', zh: '请选择一个将来的时间。' };
        throw keyInputInvalid([{ path: 'body.expiresAt', message }]);
      }
      const agents = await findBoundAgents(actor, input.agents);
      const { key, hash, prefix } = createKeySecret();
      const record = await repository.createKey({
        id: v7(),
        userId: actor.userId,
        name: input.name,
        prefix,
        hash,
        scopes: [...new Set(input.scopes)],
        agentIds: agents.map(({ id }) => id),
        expiresAt,
        budget: input.budget,
      });
      return { ...present(record, agents), key };
    },

    async listKeys(actor: Actor, { limit, cursor }: PageQuery): Promise<Page<ApiKey>> {
      await use.flush();
      const found = await repository.listKeys(actor.userId, { after: readPageCursor(cursor), limit: limit + 1 });
      const { items: records, nextCursor } = toPage(found, limit, ({ createdAt, id }) => ({ at: createdAt, id }));
      return { items: await presentAll(actor, records), nextCursor };
    },

    /** Its name and its budget; what it may do and reaches stays as it was made. */
    async updateKey(actor: Actor, id: string, { name, budget }: UpdateApiKeyInput): Promise<ApiKey> {
      if (actor.key !== null) throw keysCannotMakeKeys();
      const record = await repository.updateKey({ userId: actor.userId, id }, { name, budget });
      if (record === null) throw keyNotFound();
      if (budget !== undefined) onBudgetChange();
      const [key] = await presentAll(actor, [record]);
      if (key === undefined) throw keyNotFound();
      return key;
    },

    /** The key stops working at once in this process, and within ten seconds in others. */
    async deleteKey(actor: Actor, id: string): Promise<void> {
      if (actor.key !== null) throw keysCannotMakeKeys();
      if (!(await repository.deleteKey(actor.userId, id))) throw keyNotFound();
      resolver.forgetKey(id);
    },
  };
}
export type KeyService = ReturnType<typeof createKeyService>;
