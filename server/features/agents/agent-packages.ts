import type { Actor } from '#server/contract/actor.ts';
import type { Agent } from '#server/contract/agent.ts';
import { avatarNotFound, copyingNotAllowed, creatingNotAllowed, packageInvalid } from './agent-errors.ts';
import { canCopy, canCreate } from './agent-policy.ts';
import type { AgentRepository } from './agent-repository.ts';
import type { AvatarFile, AvatarKeeper } from './avatar-keeper.ts';
import { findDraftProblems } from './find-definition-problems.ts';
import type { EvalKeeper } from './eval-keeper.ts';
import type { AgentFinder } from './find-agent.ts';
import { type PackageOutcome, writePackage } from './package-format.ts';
import type { PresentAgent } from './present-agent.ts';
import { storeAgent } from './store-agent.ts';
import { writePackageZip } from './write-package-zip.ts';

/** Reads the zip of a stranger. @throws {HubError} `package_invalid` */
export type ReadPackageFile = (zip: Uint8Array) => Promise<PackageOutcome>;

/** Agents as zip files, in the layout of the hub's own `agents/` folder. */
export function createAgentPackages({
  repository,
  find,
  avatars,
  evals,
  presentAgent,
  readPackageFile,
}: {
  repository: AgentRepository;
  find: AgentFinder;
  avatars: AvatarKeeper;
  evals: EvalKeeper;
  presentAgent: PresentAgent;
  readPackageFile: ReadPackageFile;
}) {
  return {
    /** The draft for its editors, else the newest published version, with its avatar and the evals that the actor may take. */
    async exportPackage(actor: Actor, reference: string): Promise<{ name: string; bytes: Uint8Array }> {
      const agent = await find.getVisible(actor, reference);
      if (!canCopy(actor, agent)) throw copyingNotAllowed(agent.handle);
      const { definition } = await find.getShown(actor, agent);
      const avatar = await avatars.read(agent.owner?.id ?? null, definition.identity.avatar);
      const { handle } = definition.identity;
      const files = writePackage(definition, avatar, await evals.take(actor, agent));
      return { name: `${handle}.zip`, bytes: await writePackageZip(handle, files) };
    },

    /**
     * Makes a draft of a package. A handle that is taken is followed by a number; all else is as the package says.
     *
     * @throws {HubError} `package_invalid`, with every problem, its file and its path.
     */
    async importPackage(actor: Actor, zip: Uint8Array): Promise<Agent> {
      if (!canCreate(actor)) throw creatingNotAllowed();
      const outcome = await readPackageFile(zip);
      if ('problems' in outcome) throw packageInvalid(outcome.problems);
      const { definition, avatarFile, tests } = outcome.read;
      const problems = findDraftProblems(definition).filter(({ path }) => path !== 'identity.handle');
      if (problems.length > 0) throw packageInvalid(problems);
      const avatar = avatarFile === null ? definition.identity.avatar : await avatars.store(actor.userId, avatarFile);
      const agent = await storeAgent(repository, {
        ownerId: actor.userId,
        definition: { ...definition, identity: { ...definition.identity, avatar } },
        handle: 'suggested',
      });
      await evals.give(actor.userId, agent.id, tests);
      return presentAgent(actor, agent, agent.draft);
    },

    /** The avatar of an agent whose avatar is a file. */
    async readAvatar(actor: Actor, reference: string): Promise<AvatarFile> {
      const agent = await find.getVisible(actor, reference);
      const { definition } = await find.getShown(actor, agent);
      const file = await avatars.show(agent.owner?.id ?? null, definition.identity.avatar);
      if (file === null) throw avatarNotFound(agent.handle);
      return file;
    },
  };
}
