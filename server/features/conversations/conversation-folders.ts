import { v7 } from 'uuid';
import type { Actor } from '#server/contract/actor.ts';
import {
  type ConversationFolder,
  type ConversationFolderInput,
  mostFolders,
} from '#server/contract/conversation-folder.ts';
import { folderNotFound, tooManyFolders } from './conversation-errors.ts';
import type { ConversationPorts } from './conversation-ports.ts';
import type { FolderRecord, FolderRepository } from './folder-repository.ts';

type Needs = { repository: FolderRepository; now: () => Date; announce: ConversationPorts['announce'] };

/** A person's folders. */
export function createConversationFolders({ repository, now, announce }: Needs) {
  return {
    listFolders: async ({ userId }: Actor): Promise<ConversationFolder[]> =>
      (await repository.list(userId)).map(toFolder),

    /** @throws {HubError} `conflict`, when there are too many */
    createFolder: async ({ userId }: Actor, { name }: ConversationFolderInput): Promise<ConversationFolder> => {
      if ((await repository.count(userId)) >= mostFolders) throw tooManyFolders();
      const created = await repository.create({ id: v7(), userId, name, createdAt: now() });
      announce(userId, { type: 'folders' });
      return toFolder(created);
    },

    /** @throws {HubError} `not_found` */
    renameFolder: async ({ userId }: Actor, id: string, { name }: ConversationFolderInput) => {
      const renamed = await repository.rename(userId, id, name);
      if (renamed === null) throw folderNotFound(id);
      announce(userId, { type: 'folders' });
      return toFolder(renamed);
    },

    /** What lies in it stays. @throws {HubError} `not_found` */
    removeFolder: async ({ userId }: Actor, id: string): Promise<void> => {
      if (!(await repository.remove(userId, id))) throw folderNotFound(id);
      announce(userId, { type: 'folders' });
    },
  };
}

const toFolder = ({ id, name, createdAt }: FolderRecord): ConversationFolder => ({
  id,
  name,
  createdAt: createdAt.toISOString(),
});
