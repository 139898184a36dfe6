import { mostFolders } from '#server/contract/conversation-folder.ts';
import { HubError } from '#server/hub-error.ts';

export const conversationNotFound = (id: string) =>
  new HubError('not_found', { en: `There is no conversation "${id}".`, zh: `没有对话“${id}”。` });

export const folderNotFound = (id: string) =>
  new HubError('not_found', { en: `There is no folder "${id}".`, zh: `没有文件夹“${id}”。` });

export const tooManyFolders = () =>
  new HubError('conflict', {
    en: `There can be ${mostFolders} folders at most. Delete one that you no longer need.`,
    zh: `最多 ${mostFolders} 个文件夹。请删除不再需要的。`,
  });

export const notKept = () =>
  new HubError('conflict', {
    en: 'A temporary conversation is not kept, so it cannot be pinned, archived or filed.',
    zh: '临时对话不会保留，因此不能置顶、归档或放入文件夹。',
  });

export const messageNotFound = (id: string) =>
  new HubError('not_found', {
    en: `There is no message "${id}" in this conversation.`,
    zh: `此对话中没有消息“${id}”。`,
  });

export const answerNotFound = (id: string) =>
  new HubError('not_found', { en: `There is no answer "${id}" that you were given.`, zh: `没有给您的回答“${id}”。` });

export const branchInUse = (run: string) =>
  new HubError('conflict', {
    en: `Run ${run} is still under way in the branch that is shown. Wait for it or cancel it first.`,
    zh: `所显示的分支中运行 ${run} 仍在进行。请等它结束，或先取消它。`,
  });
