import type { LocalizedText } from '#server/contract/localized-text.ts';
import { HubError } from '#server/hub-error.ts';

export const executionNotFound = (id: string) =>
  new HubError('not_found', { en: `There is no execution "${id}".`, zh: `没有执行记录“${id}”。` });

export const queryNotFound = (reference: string | number) =>
  new HubError('not_found', { en: `There is no query "${reference}".`, zh: `没有查询“${reference}”。` });

export const versionNotFound = (version: number) =>
  new HubError('not_found', { en: `The query has no version ${version}.`, zh: `此查询没有版本 ${version}。` });

export const tableNotFound = (name: string) =>
  new HubError('not_found', { en: `There is no table "${name}".`, zh: `没有数据表“${name}”。` });

export const queriesRefused = () =>
  new HubError('forbidden', {
    en: 'A key for certain agents runs no queries.',
    zh: '绑定到特定智能体的密钥不能运行查询。',
  });

export const queryOfOthers = () =>
  new HubError('forbidden', {
    en: 'Only its owner changes a query. Make a copy of it instead.',
    zh: '只有所有者可以修改查询，请改为复制一份。',
  });

export const mostRunning = 8;

export const tooManyRunning = () =>
  new HubError(
    'rate_limited',
    {
      en: `${mostRunning} of your queries are running. Wait until one has ended, or stop one.`,
      zh: `您已有 ${mostRunning} 个查询在运行。请等待其中一个结束，或停止一个。`,
    },
    { retryAfterSeconds: 5 },
  );

export const mostQueries = 1000;

export const tooManyQueries = () =>
  new HubError('conflict', {
    en: `A person has at most ${mostQueries} saved queries. Delete one first.`,
    zh: `每人最多有 ${mostQueries} 个已保存的查询，请先删除一个。`,
  });

export const duneNotConnected = () =>
  new HubError('conflict', {
    en: 'You have no key for Dune. Enter one under "Dune" on the page Data.',
    zh: '您还没有 Dune 密钥，请在“数据”页面的“Dune”中填写。',
  });

export const stillRunning = () =>
  new HubError('conflict', { en: 'The query is still running.', zh: '查询仍在运行。' }, { retryAfterSeconds: 1 });

export const withoutResult = () =>
  new HubError('conflict', {
    en: 'The query failed or was stopped: it has no result.',
    zh: '查询失败或已停止，没有结果。',
  });

export const resultDropped = () =>
  new HubError('not_found', {
    en: 'The result is no longer kept. Run the query again.',
    zh: '结果已不再保留，请重新运行查询。',
  });

export const chartNotFound = (id: string) =>
  new HubError('not_found', { en: `The query has no chart "${id}".`, zh: `此查询没有图表“${id}”。` });

export const mostCharts = 50;

export const tooManyCharts = () =>
  new HubError('conflict', {
    en: `A query has at most ${mostCharts} charts. Delete one first.`,
    zh: `一个查询最多有 ${mostCharts} 个图表，请先删除一个。`,
  });

export const neverRun = () =>
  new HubError('conflict', {
    en: 'You have no result of this query. Run it first.',
    zh: '您还没有此查询的结果，请先运行。',
  });

export const chartUnfit = (fault: LocalizedText) =>
  new HubError('validation_failed', fault, { errors: [{ path: 'view', message: fault }] });
