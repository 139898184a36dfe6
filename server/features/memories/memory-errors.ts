import { HubError } from '#server/hub-error.ts';

export const memoryNotFound = (id: string) =>
  new HubError('not_found', { en: `There is no memory "${id}" among yours.`, zh: `您没有记忆“${id}”。` });

export const memoryOff = () =>
  new HubError('conflict', {
    en: 'This agent remembers nothing between conversations. Its owner can turn its memory on.',
    zh: '此智能体在对话之间不保留记忆。其所有者可以开启记忆。',
  });

export const notTheOwner = () =>
  new HubError('forbidden', {
    en: 'What this agent remembers is for everybody who uses it. Only its owner can add to it.',
    zh: '此智能体的记忆面向所有使用者，只有其所有者可以添加。',
  });

export const memoryFull = (maximumFacts: number) =>
  new HubError('conflict', {
    en: `The memory is full: it holds ${maximumFacts} facts, each written by the person. One must be deleted first.`,
    zh: `记忆已满：共 ${maximumFacts} 条，都由本人写入。必须先删除一条。`,
  });

export const factKnown = () => new HubError('conflict', { en: 'This is remembered already.', zh: '已经记住了。' });
