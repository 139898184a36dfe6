import type { Actor } from '#server/contract/actor.ts';
import type { AgentDefinition } from '#server/contract/agent-definition.ts';
import type { Agent, AgentDiff, AgentVersion, AgentVersionSummary, VersionReference } from '#server/contract/agent.ts';
import { diffDefinitions } from '#server/contract/diff-definitions.ts';
import type { Page, PageQuery } from '#server/contract/page.ts';
import type { ExpectedRevision } from '#server/if-match.ts';
import { readPageCursor, toPage } from '#server/page-cursor.ts';
import { draftNotYours, notAllowed, versionNotFound } from './agent-errors.ts';
import { canEdit } from './agent-policy.ts';
import type { AgentRecord } from './agent-record.ts';
import type { AgentRepository } from './agent-repository.ts';
import type { AgentFinder } from './find-agent.ts';
import { presentVersion, presentVersionUse } from './present-agent.ts';
import { checkRevision, type WriteDraft } from './update-draft.ts';

const newest = 2_147_483_647;
const useMs = 30 * 24 * 60 * 60 * 1000;
const toVersion = (version: number) => Math.max(1, Math.min(Math.trunc(version), newest));

/** Published versions: to list, to read, to compare, and to bring back as the draft. */
export function createAgentVersions({
  repository,
  find,
  writeDraft,
}: {
  repository: AgentRepository;
  find: AgentFinder;
  writeDraft: WriteDraft;
}) {
  async function resolve(actor: Actor, agent: AgentRecord, reference: VersionReference): Promise<AgentDefinition> {
    if (reference !== 'draft') return find.getDefinition(agent, toVersion(reference));
    if (!canEdit(actor, agent)) throw draftNotYours(agent.handle);
    return agent.draft;
  }

  return {
    async listVersions(
      actor: Actor,
      { agent: reference, limit, cursor }: { agent: string } & PageQuery,
    ): Promise<Page<AgentVersionSummary>> {
      const agent = await find.getVisible(actor, reference);
      const before = toVersion(Number(readPageCursor(cursor)?.id ?? newest) || newest);
      const versions = await repository.listVersions(agent.id, { before, limit: limit + 1 });
      const page = toPage(versions, limit, ({ createdAt, version }) => ({ at: createdAt, id: String(version) }));
      const use = canEdit(actor, agent)
        ? await repository.countVersionUse(agent.id, {
            versions: page.items.map(({ version }) => version),
            since: new Date(Date.now() - useMs),
          })
        : null;
      const items = page.items.map((version) => {
        const counted = use?.get(version.version);
        return { ...presentVersion(version), use: counted ? presentVersionUse(counted) : null };
      });
      return { items, nextCursor: page.nextCursor };
    },

    async getVersion(
      actor: Actor,
      { agent: reference, version }: { agent: string; version: number },
    ): Promise<AgentVersion> {
      const agent = await find.getVisible(actor, reference);
      const found = await repository.findVersion(agent.id, toVersion(version));
      if (found === null) throw versionNotFound(agent.handle, version);
      return { ...presentVersion(found), definition: await find.getDefinition(agent, found.version) };
    },

    async diffVersions(
      actor: Actor,
      { agent: reference, from, to }: { agent: string; from: VersionReference; to: VersionReference },
    ): Promise<AgentDiff> {
      const agent = await find.getVisible(actor, reference);
      const [before, after] = await Promise.all([resolve(actor, agent, from), resolve(actor, agent, to)]);
      return { from, to, changes: diffDefinitions(before, after) };
    },

    async restoreVersion(
      actor: Actor,
      { agent: reference, version, revision = null }: { agent: string; version: number; revision?: ExpectedRevision },
    ): Promise<Agent> {
      const agent = await find.getAllowed(actor, reference, { may: canEdit, refusal: notAllowed('edit') });
      checkRevision(agent, revision);
      return writeDraft(actor, agent, await find.getDefinition(agent, toVersion(version)));
    },
  };
}
