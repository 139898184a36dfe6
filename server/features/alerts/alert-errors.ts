import { maximumAlerts } from '#server/contract/alert.ts';
import type { LocalizedText } from '#server/contract/localized-text.ts';
import { HubError } from '#server/hub-error.ts';

export const alertNotFound = (id: string) =>
  new HubError('not_found', { en: `There is no alert "${id}" among yours.`, zh: `您没有提醒“${id}”。` });

export const deliveryNotFound = (id: string) =>
  new HubError('not_found', { en: `There is no delivery "${id}" of this alert.`, zh: `此提醒没有投递“${id}”。` });

export const alertsRefused = () =>
  new HubError('forbidden', {
    en: 'A key for certain agents has no alerts.',
    zh: '绑定到特定智能体的密钥不能使用提醒。',
  });

export const tooManyAlerts = () =>
  new HubError('conflict', {
    en: `You have ${maximumAlerts} alerts, as many as a person may have. Delete one first.`,
    zh: `您已有 ${maximumAlerts} 个提醒，达到每人上限。请先删除一个。`,
  });

export const noWebhook = () =>
  new HubError('conflict', { en: 'This alert posts to no address.', zh: '此提醒没有设置 Webhook 地址。' });

const misfit = (path: string, message: LocalizedText) =>
  new HubError('validation_failed', message, { errors: [{ path, message }] });

export const figureMissing = (column: string, columns: string[]) =>
  misfit('body.watch.figure.column', {
    en: `The result has no column "${column}". It has: ${columns.join(', ')}.`,
    zh: `结果中没有列“${column}”。已有：${columns.join('、')}。`,
  });

export const notNumeric = (column: string) =>
  misfit('body.watch.figure.column', {
    en: `The column "${column}" holds something other than a number.`,
    zh: `列“${column}”中有不是数字的值。`,
  });

export const changeOfAnyRow = () =>
  misfit('body.watch.condition.operator', {
    en: 'A change can be watched of the first row or the number of rows, not of any row.',
    zh: '变化只能针对第一行或行数，不能针对任一行。',
  });

export const recoveryAmiss = () =>
  misfit('body.watch.condition.recovery', {
    en: 'The recovery must lie on the other side of the threshold, or be left out.',
    zh: '恢复值必须位于阈值的另一侧，或留空。',
  });

export const queryFailed = ({ en, zh }: LocalizedText) =>
  new HubError('validation_failed', { en: `The query failed: ${en}`, zh });

export const noResult = () =>
  new HubError('unavailable', { en: 'The query was stopped before its end.', zh: '查询在结束前被停止。' });

export const noFreshPrice = (asset: string) =>
  new HubError('unavailable', {
    en: `All prices of ${asset} are stale at that block.`,
    zh: `在该区块上，${asset} 的所有价格都已过时。`,
  });

export const readOfTwoBranches = () =>
  new HubError('unavailable', {
    en: 'The chain was reorganised while it was read. It is read again.',
    zh: '读取时发生了链重组，将重新读取。',
  });

export const lookTooSlow = (cause: unknown) =>
  new HubError(
    'unavailable',
    {
      en: 'It took too long to look. A devnet that starts for the first time takes a few minutes.',
      zh: '查看耗时过长。首次启动开发网需要几分钟。',
    },
    { cause },
  );
