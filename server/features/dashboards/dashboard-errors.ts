import type { LocalizedText } from '#server/contract/localized-text.ts';
import { HubError } from '#server/hub-error.ts';

export const dashboardNotFound = (id: string) =>
  new HubError('not_found', { en: `There is no dashboard "${id}".`, zh: `没有仪表板“${id}”。` });

/** The same for a link that was revoked or never was, and where sharing is off. */
export const linkGone = () =>
  new HubError('not_found', { en: 'Nothing is shared here, or not any more.', zh: '这里没有分享内容，或已不再分享。' });

export const widgetNotFound = (id: string) =>
  new HubError('not_found', { en: `The dashboard has no widget "${id}".`, zh: `此仪表板没有组件“${id}”。` });

export const dashboardsRefused = () =>
  new HubError('forbidden', {
    en: 'A key for certain agents makes no dashboards.',
    zh: '绑定到特定智能体的密钥不能创建仪表板。',
  });

export const dashboardOfOthers = () =>
  new HubError('forbidden', { en: 'Only its owner changes a dashboard.', zh: '只有所有者可以修改仪表板。' });

export const linksOff = () =>
  new HubError('forbidden', {
    en: 'The administrators of this hub have turned sharing off.',
    zh: '此中枢的管理员已关闭分享。',
  });

export const mostDashboards = 200;
export const mostScheduled = 20;

export const tooManyDashboards = () =>
  new HubError('conflict', {
    en: `A person has at most ${mostDashboards} dashboards. Delete one first.`,
    zh: `每人最多有 ${mostDashboards} 个仪表板，请先删除一个。`,
  });

export const tooManyScheduled = () =>
  new HubError('conflict', {
    en: `At most ${mostScheduled} of your dashboards refresh by themselves. Turn one off first.`,
    zh: `每人最多有 ${mostScheduled} 个仪表板自动刷新，请先关闭一个。`,
  });

export const tooManyWidgets = (most: number) =>
  new HubError('conflict', {
    en: `A dashboard has at most ${most} widgets. Take one away, or begin another dashboard.`,
    zh: `一个仪表板最多有 ${most} 个组件。请移除一个，或新建仪表板。`,
  });

export const dashboardRevisionMissing = () =>
  new HubError('precondition_required', {
    en: 'Send If-Match with the ETag of the dashboard that you changed, so that nobody else’s changes are lost.',
    zh: '请在 If-Match 中发送您所修改的仪表板的 ETag，以免丢失他人的修改。',
  });

export const dashboardChanged = (revision: number) =>
  new HubError('precondition_failed', {
    en: `The dashboard was changed in the meantime and is now at revision ${revision}. Read it again, then repeat your change.`,
    zh: `仪表板在此期间已被修改，现在是修订 ${revision}。请重新读取，然后再做修改。`,
  });

export const dashboardInvalid = (errors: { path: string; message: LocalizedText }[]) =>
  new HubError(
    'validation_failed',
    { en: errors.map(({ message }) => message.en).join(' '), zh: errors.map(({ message }) => message.zh).join('') },
    { errors },
  );

export const valueNotOffered = () =>
  new HubError('forbidden', {
    en: 'Others than its owner choose among the values that the dashboard offers.',
    zh: '除所有者外，只能在仪表板提供的值中选择。',
  });

export const withoutResultYet = () =>
  new HubError('conflict', {
    en: 'There is no result of these values yet. Refresh the dashboard.',
    zh: '这些参数值还没有结果，请刷新仪表板。',
  });

export const notDrawn = () =>
  new HubError('conflict', { en: 'Only charts and counters are pictures.', zh: '只有图表和计数器可以导出为图片。' });
