import { createAgentListRepository } from '#server/features/agents/agent-list-repository.ts';
import { createAgentRepository } from '#server/features/agents/agent-repository.ts';
import { createHandOverRepository } from '#server/features/agents/hand-over-repository.ts';
import { createAgentService } from '#server/features/agents/agent-service.ts';
import { createShippedAgentRepository } from '#server/features/agents/shipped-agent-repository.ts';
import { createShippedPackages } from '#server/features/agents/shipped-packages.ts';
import type { FileService } from '#server/features/files/file-service.ts';
import type { Database } from '#server/platform/database.ts';

type Needs = {
  database: Database;
  agentsFolder: string;
  files: Pick<FileService, 'readOwn' | 'readUsable' | 'storeOwn'>;
} & Pick<
  Parameters<typeof createAgentService>[0],
  'readPackageFile' | 'findMissingTools' | 'evals' | 'removeConversations' | 'stopRuns' | 'tellChange'
>;

/** The agents' part of the wiring: their tables, the shipped packages, and their need of files. */
export function openAgents({ database, agentsFolder, files, ...needs }: Needs) {
  return createAgentService({
    ...needs,
    repository: createAgentRepository({ database }),
    lists: createAgentListRepository({ database }),
    handOvers: createHandOverRepository({ database }),
    shippedAgents: createShippedAgentRepository({ database }),
    shippedPackages: createShippedPackages({ folder: agentsFolder }),
    files: {
      readFile: (ownerId, fileId) => files.readOwn(ownerId, fileId),
      readUsableFile: (actor, fileId) => files.readUsable(actor, fileId),
      storeFile: (ownerId, { bytes, ...file }) => files.storeOwn(ownerId, { ...file, content: bytes }),
    },
  });
}
