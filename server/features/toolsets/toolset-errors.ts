import type { LocalizedText } from '#server/contract/localized-text.ts';
import { HubError } from '#server/hub-error.ts';

export const maximumToolsets = 100;

export const toolsetNotFound = (id: string) =>
  new HubError('not_found', { en: `There is no toolset "${id}" among yours.`, zh: `您没有工具集“${id}”。` });

export const mayNotManage = () =>
  new HubError('forbidden', {
    en: 'Toolsets are for creators and administrators, and for keys that are bound to no agent.',
    zh: '工具集面向创建者和管理员，以及未绑定智能体的密钥。',
  });

export const tooManyToolsets = () =>
  new HubError('conflict', {
    en: `You have ${maximumToolsets} toolsets, as many as a person may have. Delete one first.`,
    zh: `您已有 ${maximumToolsets} 个工具集，达到每人上限。请先删除一个。`,
  });

export const slugTaken = (slug: string) =>
  new HubError('conflict', {
    en: `You already have a toolset "${slug}". Choose another short name.`,
    zh: `您已有工具集“${slug}”，请另选短名称。`,
  });

export const serverMissing = () =>
  new HubError(
    'validation_failed',
    { en: 'The description names no server.', zh: '描述没有写明服务器。' },
    {
      errors: [
        {
          path: 'body.serverUrl',
          message: { en: 'Write where its operations are to be sent.', zh: '请填写其操作要发送到的地址。' },
        },
      ],
    },
  );

export const textMissing = () =>
  new HubError('conflict', {
    en: 'This description was pasted. Send the new one as "text".',
    zh: '此描述是粘贴的。请以“text”发送新的描述。',
  });

export const commandUnknown = (command: string) =>
  new HubError(
    'validation_failed',
    { en: 'The operator of this hub allows no such command.', zh: '此中枢的运营者不允许此命令。' },
    {
      errors: [
        {
          path: 'body.command',
          message: {
            en: `HUB_MCP_COMMANDS does not name "${command}".`,
            zh: `HUB_MCP_COMMANDS 中没有“${command}”。`,
          },
        },
      ],
    },
  );

export const credentialMisfit = (path: string, message: LocalizedText) =>
  new HubError(
    'validation_failed',
    { en: 'This credential cannot be used here.', zh: '此凭据不能在这里使用。' },
    { errors: [{ path, message }] },
  );

export const toolUnknown = (names: string[]) =>
  new HubError(
    'validation_failed',
    { en: 'The toolset has no such tools.', zh: '工具集没有这些工具。' },
    {
      errors: names.slice(0, 50).map((name) => ({
        path: 'body.enabled',
        message: { en: `There is no tool "${name}".`, zh: `没有工具“${name}”。` },
      })),
    },
  );

export const signInNeeded = (name: string) =>
  new HubError('tool_unavailable', {
    en: `Somebody has to sign in with "${name}": open Toolsets in the hub and choose "Sign in".`,
    zh: `需要有人登录“${name}”：请在中枢中打开“工具集”，选择“登录”。`,
  });

export const schemeMissing = (toolset: string, operation: string, needs: string[]) =>
  new HubError('tool_unavailable', {
    en: `${operation} needs ${needs.join(' or ')}, and the credential of "${toolset}" is another. Its owner can change it: open Toolsets in the hub and choose "Credential".`,
    zh: `${operation} 需要 ${needs.join(' 或 ')}，而“${toolset}”的凭据不是这种。其所有者可以修改：请在中枢中打开“工具集”，选择“凭据”。`,
  });

export const signInUnknown = () =>
  new HubError('not_found', {
    en: 'This sign-in was not begun here, is over, or belongs to somebody else. Begin it again.',
    zh: '此登录不是在这里开始的、已结束，或属于他人。请重新开始。',
  });

/** @param reason - in its own words, if it gave any */
export const signInRefused = (name: string, reason: string | null) =>
  new HubError('conflict', {
    en: `"${name}" did not sign you in: ${reason ?? 'it gave no code'}. Begin again, or choose another credential.`,
    zh: `“${name}”没有让您登录：${reason ?? '它没有给出授权码'}。请重新开始，或选择其他凭据。`,
  });

export const noSignIn = () =>
  new HubError('conflict', {
    en: 'This toolset has no sign-in. Give it the credential "authorization-code" first.',
    zh: '此工具集没有登录方式。请先将凭据设为“authorization-code”。',
  });

export const noClientDocument = () =>
  new HubError('not_found', {
    en: 'This hub has no address over https (HUB_URL), so services cannot read who it is.',
    zh: '此中枢没有 https 地址（HUB_URL），服务无法得知它是谁。',
  });

export const promptNotFound = (name: string) =>
  new HubError('not_found', { en: `This agent has no prompt "${name}".`, zh: `此智能体没有提示词“${name}”。` });

export const promptIncomplete = (missing: string[]) =>
  new HubError(
    'validation_failed',
    { en: 'The prompt needs more values.', zh: '此提示词还需要填写一些内容。' },
    {
      errors: missing.map((name) => ({
        path: `body.arguments.${name}`,
        message: { en: 'This is needed.', zh: '此项必填。' },
      })),
    },
  );
