import { HubError } from '#server/hub-error.ts';

export const indexNotFound = (id: string) =>
  new HubError('not_found', { en: `There is no index "${id}".`, zh: `没有索引“${id}”。` });

export const chainIndexed = (name: string) =>
  new HubError('conflict', {
    en: `${name} is indexed already. Delete its index to make another one.`,
    zh: `${name} 已有索引。如需另建，请先删除现有索引。`,
  });

export const indexFailed = () =>
  new HubError('unavailable', {
    en: 'The hub could not work on the index. Its log says why.',
    zh: '中枢无法继续处理此索引，原因见日志。',
  });

export const startsAfterHead = (head: number) => {
  const message = {
    en: `The chain has only ${head} blocks so far. Begin at an earlier one.`,
    zh: `此链目前只有 ${head} 个区块，请从更早的区块开始。`,
  };
  return new HubError('validation_failed', message, { errors: [{ path: 'body.fromBlock', message }] });
};

export const namesTaken = () => {
  const message = {
    en: 'Two contracts have the same name, or a table of that name is there already.',
    zh: '两个合约同名，或已有同名的数据表。',
  };
  return new HubError('validation_failed', message, { errors: [{ path: 'body.contracts', message }] });
};
