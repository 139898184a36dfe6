import { mostFolders } from '#server/contract/conversation-folder.ts';
import { HubError } from '#server/hub-error.ts';

export const conversationNotFound = (id: string) => new HubError('not_found', `There is no conversation "${id}".`);

export const folderNotFound = (id: string) => new HubError('not_found', `There is no folder "${id}".`);

export const tooManyFolders = () =>
  new HubError('conflict', `There can be ${mostFolders} folders at most. Delete one that you no longer need.`);

export const notKept = () =>
  new HubError('conflict', 'A temporary conversation is not kept, so it cannot be pinned, archived or filed.');
