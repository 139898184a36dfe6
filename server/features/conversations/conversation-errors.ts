import { mostFolders } from '#server/contract/conversation-folder.ts';
import { HubError } from '#server/hub-error.ts';

export const conversationNotFound = (id: string) => new HubError('not_found', `There is no conversation "${id}".`);

export const folderNotFound = (id: string) => new HubError('not_found', `There is no folder "${id}".`);

export const tooManyFolders = () =>
  new HubError('conflict', `There can be ${mostFolders} folders at most. Delete one that you no longer need.`);

export const notKept = () =>
  new HubError('conflict', 'A temporary conversation is not kept, so it cannot be pinned, archived or filed.');

export const messageNotFound = (id: string) =>
  new HubError('not_found', `There is no message "${id}" in this conversation.`);

export const answerNotFound = (id: string) =>
  new HubError('not_found', `There is no answer "${id}" that you were given.`);

export const branchInUse = (run: string) =>
  new HubError(
    'conflict',
    `Run ${run} is still under way in the branch that is shown. Wait for it or cancel it first.`,
  );
