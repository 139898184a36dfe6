import type { Actor } from '#server/contract/actor.ts';
import type { Eval } from '#server/contract/eval.ts';
import { canEdit } from './agent-policy.ts';
import type { AgentRecord } from './agent-record.ts';
import type { AvatarFile, AvatarFiles } from './avatar-keeper.ts';
import type { CheckTests } from './publish-agent.ts';

/** The evals of agents, as far as packages, copies and publishing need them. */
export type AgentEvals = {
  list: (agentId: string) => Promise<Eval[]>;
  add: (agentId: string, evals: Eval[]) => Promise<void>;
  checkGate: CheckTests;
};

/** Evals that go from place to place with their files, which they name as a package does. */
export type CarriedEvals = { evals: Eval[]; files: AvatarFile[] };

const nothing: CarriedEvals = { evals: [], files: [] };
/** Of all files together; a package holds no bigger one. */
const mostFileBytes = 2 * 1024 * 1024;
const mediaTypes: Record<string, string> = {
  csv: 'text/csv',
  tsv: 'text/tab-separated-values',
  json: 'application/json',
  md: 'text/markdown',
};

/** What a file is said to be by its name; what it really is, its bytes tell when it is stored. */
export const toMediaType = (name: string) => mediaTypes[name.split('.').at(-1)?.toLowerCase() ?? ''] ?? 'text/plain';

/**
 * Carries evals out of and into the hub. They are their editors' own, so that others who copy or export an agent do not
 * get them; those of a shipped agent are everybody's.
 */
export function createEvalKeeper({
  evals,
  files,
  readShippedEvals,
}: {
  evals: Pick<AgentEvals, 'list' | 'add'>;
  files: Pick<AvatarFiles, 'readUsableFile' | 'storeFile'>;
  readShippedEvals: (slug: string) => CarriedEvals;
}) {
  return {
    /** The evals of an agent that the actor may take along; a file that was lost, or is too big for a package, is left out. */
    async take(actor: Actor, agent: AgentRecord): Promise<CarriedEvals> {
      if (agent.owner === null && agent.shippedSlug !== null) return readShippedEvals(agent.shippedSlug);
      if (!canEdit(actor, agent)) return nothing;
      const taken: CarriedEvals = { evals: [], files: [] };
      const names = new Map<string, string>();
      let roomBytes = mostFileBytes;
      for (const one of await evals.list(agent.id)) {
        const carried: Eval['files'] = [];
        for (const { file, name } of one.files) {
          if (!names.has(file)) {
            const found = await files.readUsableFile(actor, file);
            if (found === null || found.bytes.length > roomBytes) continue;
            roomBytes -= found.bytes.length;
            const packed = toPackedName(name, new Set(names.values()));
            names.set(file, packed);
            taken.files.push({ ...found, name: packed });
          }
          carried.push({ file: names.get(file) ?? file, name });
        }
        taken.evals.push({ ...one, files: carried });
      }
      return taken;
    },

    /** Gives evals to a new agent, their files to its owner. */
    async give(ownerId: string, agentId: string, { evals: given, files: carried }: CarriedEvals): Promise<void> {
      const stored = new Map<string, string>();
      for (const file of carried) stored.set(file.name, (await files.storeFile(ownerId, file)).id);
      const toStored = (file: Eval['files'][number]) => {
        const id = stored.get(file.file);
        return id === undefined ? [] : [{ ...file, file: id }];
      };
      await evals.add(
        agentId,
        given.map((one) => ({ ...one, files: one.files.flatMap(toStored) })),
      );
    },
  };
}
export type EvalKeeper = ReturnType<typeof createEvalKeeper>;

/** A name that every file system takes, and that no other file of the package has. */
function toPackedName(name: string, taken: ReadonlySet<string>): string {
  const [, stem = 'file', ending = ''] = /^(.*?)(\.[a-z0-9]{1,8})?$/i.exec(name) ?? [];
  const plain = stem.replaceAll(/[^\p{L}\p{N}_-]+/gu, '-').slice(0, 80) || 'file';
  for (let number = 1; ; number += 1) {
    const packed = `${plain}${number === 1 ? '' : `-${number}`}${ending.toLowerCase()}`;
    if (!taken.has(packed)) return packed;
  }
}
