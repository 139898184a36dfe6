import { HubError, type HubIssue } from '#server/hub-error.ts';

export const agentNotFound = (reference: string) =>
  new HubError('not_found', {
    en: `There is no agent "${reference.slice(0, 64)}" that you can see.`,
    zh: `没有您能看到的智能体“${reference.slice(0, 64)}”。`,
  });

export const versionNotFound = (handle: string, version: number) =>
  new HubError('not_found', {
    en: `The agent "${handle}" has no version ${version}.`,
    zh: `智能体“${handle}”没有版本 ${version}。`,
  });

export const avatarNotFound = (handle: string) =>
  new HubError('not_found', {
    en: `The agent "${handle}" has no avatar file; its avatar is drawn.`,
    zh: `智能体“${handle}”没有头像文件，它的头像是绘制的。`,
  });

const verbs = { run: '运行', edit: '编辑', publish: '发布', delete: '删除' };

export const notAllowed = (what: keyof typeof verbs) =>
  new HubError('forbidden', {
    en: `You may see this agent, but not ${what} it.`,
    zh: `您可以看到此智能体，但不能${verbs[what]}它。`,
  });

export const copyingNotAllowed = (handle: string) =>
  new HubError('forbidden', {
    en: `Whoever made "${handle}" keeps all rights to it: you may use it, but not copy it.`,
    zh: `“${handle}”的作者保留所有权利：您可以使用它，但不能复制。`,
  });

export const draftNotYours = (handle: string) =>
  new HubError('forbidden', {
    en: `The draft of "${handle}" is open only to those who may edit it.`,
    zh: `“${handle}”的草稿只对可以编辑它的人开放。`,
  });

export const creatingNotAllowed = () =>
  new HubError('forbidden', {
    en: 'Only creators and administrators make agents, and not with a key that is bound to certain agents.',
    zh: '只有创建者和管理员可以创建智能体，并且不能使用绑定到特定智能体的密钥。',
  });

export const handleTaken = (handle: string, suggestion: string) =>
  new HubError(
    'conflict',
    {
      en: `The handle "${handle}" is taken; "${suggestion}" is free.`,
      zh: `标识“${handle}”已被占用；“${suggestion}”可用。`,
    },
    {
      errors: [
        {
          path: 'body.identity.handle',
          message: { en: `Taken; "${suggestion}" is free.`, zh: `已被占用；“${suggestion}”可用。` },
        },
      ],
    },
  );

export const revisionMissing = () =>
  new HubError('precondition_required', {
    en: 'Send If-Match with the ETag of the draft that you changed, so that nobody else’s changes are lost.',
    zh: '请在 If-Match 中发送您所修改的草稿的 ETag，以免丢失他人的修改。',
  });

export const draftChanged = (revision: number) =>
  new HubError('precondition_failed', {
    en: `The draft was changed in the meantime and is now at revision ${revision}. Read it again, then repeat your change.`,
    zh: `草稿在此期间已被修改，现在是修订 ${revision}。请重新读取，然后再做修改。`,
  });

/** @param from - where the definition was: in the request's body, or stored as the draft */
export const definitionInvalid = (errors: HubIssue[], from: 'body' | 'draft' = 'body') =>
  new HubError(
    'validation_failed',
    { en: 'The agent’s definition is not valid; each problem is listed.', zh: '智能体的定义无效；每个问题都已列出。' },
    {
      errors: errors.map(({ path, message }) => ({ path: `${from}.${path}`, message })),
    },
  );

export const packageInvalid = (errors: HubIssue[]) =>
  new HubError(
    'package_invalid',
    { en: 'The package cannot be imported; each problem is listed.', zh: '无法导入此包；每个问题都已列出。' },
    { errors },
  );

/** @param why - how the process that read it ended */
export const packageUnreadable = (why: 'slow' | 'memory' | 'broken') =>
  packageInvalid([
    {
      path: 'file',
      message: {
        en: `Reading the package ${why === 'slow' ? 'takes too much work' : 'takes too much memory'}. Make its files smaller.`,
        zh: `读取此包占用的${why === 'slow' ? '处理器时间' : '内存'}过多，请缩小其中的文件。`,
      },
    },
  ]);

export const packageTooLarge = (maximumBytes: number) =>
  new HubError('payload_too_large', {
    en: `A package may have ${maximumBytes / 1024 / 1024} MB at most.`,
    zh: `一个包最多 ${maximumBytes / 1024 / 1024} MB。`,
  });

export const uploadMissing = () =>
  new HubError('unsupported_media_type', {
    en: 'Send the package as multipart/form-data, with the zip in a field named "file".',
    zh: '请以 multipart/form-data 发送此包，zip 放在名为“file”的字段中。',
  });
