import type { AgentDefinition } from '#server/contract/agent-definition.ts';
import { toShippedAvatar } from './avatar-keeper.ts';
import { diffDefinitions } from '#server/contract/diff-definitions.ts';
import { type PackageFiles, readPackage } from './package-format.ts';
import type { ShippedAgentRepository, ShippedAgentWriter } from './shipped-agent-repository.ts';
import type { ShippedPackage, ShippedPackages } from './shipped-packages.ts';
import { toFreeHandle, toStem } from './suggest-handle.ts';

/** What installing did, by slug; `problems` are lines for the log about packages that were left out. */
export type InstalledAgents = { installed: string[]; updated: string[]; problems: string[] };

const maximumNoteLength = 2000;

/** Those that stand in front on a new hub, in order, until an administrator chooses others. */
const firstFeatured = ['hub-guide', 'counting-desk', 'contract-auditor', 'sql-analyst', 'copywriter'];

/**
 * Installs the shipped packages that the hub does not have yet, and publishes a new version of those that changed.
 *
 * Agents that belong to a person are left alone, and one that an administrator deleted stays deleted. The first time,
 * some are featured. Where nothing changed this is one query.
 */
export function createInstallShippedAgents({
  repository,
  packages,
  onChange,
}: {
  repository: ShippedAgentRepository;
  packages: ShippedPackages;
  onChange: () => void;
}) {
  return async function installShippedAgents(): Promise<InstalledAgents> {
    const isKnown = (state: Record<string, string>) =>
      packages.list().every(({ slug, digest }) => state[slug] === digest);
    const nothing: InstalledAgents = { installed: [], updated: [], problems: [] };
    if (isKnown((await repository.readState()).packages)) return nothing;
    const result = await repository.install(async (writer) => {
      const state = (await writer.readState()).packages;
      const isNew = Object.keys(state).length === 0;
      const outcomes: InstalledAgents = { installed: [], updated: [], problems: [] };
      // Lists show the newest first, and these are to stand there from A to Z.
      for (const shipped of packages.list().toReversed()) {
        if (state[shipped.slug] === shipped.digest) continue;
        const isDone = await installOne(writer, { shipped, wasInstalled: shipped.slug in state, outcomes });
        if (isDone) state[shipped.slug] = shipped.digest;
      }
      if (isNew) await writer.feature(firstFeatured);
      await writer.writeState({ packages: state });
      return { ...outcomes, installed: outcomes.installed.toSorted(), updated: outcomes.updated.toSorted() };
    });
    onChange();
    return result;
  };
}

/** Tells whether the package was looked at to the end; one that cannot be read is tried again at the next start. */
async function installOne(
  writer: ShippedAgentWriter,
  { shipped, wasInstalled, outcomes }: { shipped: ShippedPackage; wasInstalled: boolean; outcomes: InstalledAgents },
): Promise<boolean> {
  const { slug, digest, files } = shipped;
  const outcome = readPackage(files);
  if ('problems' in outcome) {
    const lines = outcome.problems.map(({ path, message }) => `${path}: ${message.en}`);
    outcomes.problems.push(`The shipped agent "${slug}" is left out. ${lines.join(' ')}`);
    return false;
  }
  const { definition, avatarFile } = outcome.read;
  const avatar = avatarFile === null ? definition.identity.avatar : toShippedAvatar(slug);
  const withHandle = (handle: string): AgentDefinition => ({
    ...definition,
    identity: { ...definition.identity, avatar, handle },
  });
  const agent = await writer.findShipped(slug);
  if (agent === null) {
    if (wasInstalled) return true;
    const wished = definition.identity.handle;
    const handle = toFreeHandle(wished, await writer.listTakenHandles(toStem(wished)));
    await writer.create(slug, { definition: withHandle(handle), digest, note: '' });
    outcomes.installed.push(slug);
    return true;
  }
  const updated = withHandle(agent.handle);
  if (agent.ownerId !== null || diffDefinitions(agent.draft, updated).length === 0) return true;
  await writer.publish(agent, { definition: updated, digest, note: readNewestNote(files) });
  outcomes.updated.push(slug);
  return true;
}

/** What stands under the first `##` heading of the package's change log. */
export function readNewestNote(files: PackageFiles): string {
  const text = new TextDecoder().decode(files.get('CHANGELOG.md') ?? new Uint8Array());
  const newest = /^## [^\n]*\n([\s\S]*?)(?=^## |$(?![\s\S]))/m.exec(text)?.[1]?.trim() ?? '';
  return newest === '' ? 'Updated with the hub' : newest.slice(0, maximumNoteLength);
}
