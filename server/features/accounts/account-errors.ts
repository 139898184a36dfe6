import { HubError } from '#server/hub-error.ts';

export const wrongCredentials = () =>
  new HubError('unauthenticated', { en: 'The e-mail address or the password is wrong.', zh: '电子邮箱或密码错误。' });

export const onlyAdministrators = () =>
  new HubError('forbidden', {
    en: 'Only administrators of this hub may do this.',
    zh: '只有此中枢的管理员才能这样做。',
  });

export const personNotFound = () =>
  new HubError('not_found', { en: 'There is no such person on this hub.', zh: '此中枢没有这个人。' });

export const lastAdministrator = () =>
  new HubError('conflict', {
    en: 'This is the last administrator. Make somebody else an administrator first.',
    zh: '这是最后一位管理员。请先让其他人成为管理员。',
  });

export const cannotRemoveOneself = () =>
  new HubError('conflict', {
    en: 'Nobody removes themselves here. Close your own account in your profile.',
    zh: '不能在此移除自己。请在个人资料中注销自己的账户。',
  });

export const cannotHandOverTo = () =>
  new HubError(
    'validation_failed',
    {
      en: 'Agents can be handed to another administrator or creator of this hub only. Nothing was removed.',
      zh: '智能体只能移交给此中枢的其他管理员或创建者。未移除任何内容。',
    },
    {
      errors: [
        {
          path: 'body.sharedAgents.to',
          message: { en: 'Name another person who may own agents.', zh: '请选择另一位可以拥有智能体的人。' },
        },
      ],
    },
  );

const notYourPassword = { en: 'This is not your current password.', zh: '这不是您当前的密码。' };

export const wrongPassword = () =>
  new HubError(
    'validation_failed',
    { en: 'The password is wrong, so your account stays as it is.', zh: '密码错误，您的账户保持不变。' },
    { errors: [{ path: 'body.password', message: notYourPassword }] },
  );

export const emailTaken = (email: string) =>
  new HubError('conflict', { en: `${email} already has a place on this hub.`, zh: `${email} 在此中枢已有账户。` });

export const setUpClosed = () =>
  new HubError('setup_closed', {
    en: 'This hub already has an administrator. Sign in, or ask an administrator for an invitation.',
    zh: '此中枢已有管理员。请登录，或请管理员邀请您。',
  });

export const setUpTokenWrong = () =>
  new HubError('forbidden', {
    en: 'This set-up link is not the newest one. Use the link that the hub printed at its last start.',
    zh: '这不是最新的设置链接。请使用中枢上次启动时打印的链接。',
  });

export const invitationNotFound = () =>
  new HubError('not_found', { en: 'There is no such invitation.', zh: '没有这个邀请。' });

export const invitationNotOpen = () =>
  new HubError('not_found', {
    en: 'This invitation does not exist, was used or is older than seven days. Ask for a new one.',
    zh: '此邀请不存在、已被使用或已超过七天。请重新索取。',
  });

export const wrongCurrentPassword = () =>
  new HubError(
    'validation_failed',
    { en: 'The current password is wrong, so the password stays as it is.', zh: '当前密码错误，密码保持不变。' },
    { errors: [{ path: 'body.currentPassword', message: notYourPassword }] },
  );

export const sessionNotFound = () =>
  new HubError('not_found', { en: 'You have no such session; it may be over.', zh: '您没有这个会话，它可能已结束。' });

export const passwordResetNotOpen = () =>
  new HubError('not_found', {
    en: 'This link to a new password does not exist, was used, was replaced or is older than a day. Ask for a new one.',
    zh: '此新密码链接不存在、已被使用、已被替换或已超过一天。请重新索取。',
  });
