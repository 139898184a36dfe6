import { HubError } from '#server/hub-error.ts';

export const indexNotFound = (id: string) =>
  new HubError('not_found', { en: `There is no index "${id}".`, zh: `没有索引“${id}”。` });

export const schemaTaken = (schema: string) =>
  new HubError('conflict', {
    en: `There is an index "${schema}" already. Give this one another name, or delete that one.`,
    zh: `已有索引“${schema}”。请换一个名称，或先删除现有索引。`,
  });

export const nameReserved = () => {
  const message = {
    en: 'That name belongs to another chain or to the SQL engine. Choose another.',
    zh: '此名称属于另一条链或 SQL 引擎，请换一个。',
  };
  return new HubError('validation_failed', message, { errors: [{ path: 'body.name', message }] });
};

const gigabytes = (bytes: number) => Number((bytes / 1024 ** 3).toPrecision(3));

/** An index that is as large as it may be: it is paused, and keeps what it has. */
export const indexFull = ({ maximumRows, maximumBytes }: { maximumRows: number | null; maximumBytes: number }) => ({
  en: `It is as large as it may be (${maximumRows === null ? '' : `${maximumRows.toLocaleString('en')} rows, `}${gigabytes(maximumBytes)} GB) and is paused; its tables stay. Raise its limit, or begin another index at a later block.`,
  zh: `索引已达到上限（${maximumRows === null ? '' : `${maximumRows.toLocaleString('en')} 行，`}${gigabytes(maximumBytes)} GB），已暂停，数据表仍可使用。请提高上限，或从更晚的区块另建索引。`,
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

/** An RPC that is behind what was indexed undoes nothing: it is waited for. */
export const chainBehind = (name: string, { head, tip }: Record<'head' | 'tip', number>) => ({
  en: `The RPCs of ${name} are behind: they have block ${head}, and ${tip} is indexed. Nothing is lost; it goes on when they have caught up.`,
  zh: `${name} 的 RPC 落后：它们只到区块 ${head}，而 ${tip} 已被索引。数据没有丢失，待其追上后继续。`,
});

export const finalContradicted = (name: string, final: number) =>
  new HubError('unavailable', {
    en: `An RPC of ${name} tells other blocks than those that are indexed and final, up to ${final}: it may be of another chain. Nothing was undone. An administrator checks it under Chains, or deletes the index to make it anew.`,
    zh: `${name} 的一个 RPC 给出的区块与已索引的最终区块（至 ${final}）不符，它可能属于另一条链。未撤销任何数据。请管理员在“区块链”中检查，或删除索引后重建。`,
  });
