import type { LocalizedText } from '#server/contract/localized-text.ts';
import { maximumTriggers } from '#server/contract/trigger.ts';
import { HubError, type HubIssue } from '#server/hub-error.ts';

export const triggerNotFound = (id: string) =>
  new HubError('not_found', { en: `There is no trigger "${id}" among yours.`, zh: `您没有触发器“${id}”。` });

export const deliveryNotFound = (id: string) =>
  new HubError('not_found', { en: `There is no callback "${id}" of this trigger.`, zh: `此触发器没有回调“${id}”。` });

export const callbackNotFound = (id: string) =>
  new HubError('not_found', { en: `There is no callback "${id}" of a run of yours.`, zh: `您的运行没有回调“${id}”。` });

export const callbackSecretMissing = () =>
  new HubError('conflict', {
    en: 'Callbacks are signed, and you have no secret for it yet. Make one under Settings → API keys, or with POST /api/callback-secret.',
    zh: '回调需要签名，而您还没有用于签名的密钥。请在“设置 → API 密钥”中创建，或使用 POST /api/callback-secret。',
  });

export const tooManyTriggers = () =>
  new HubError('conflict', {
    en: `You have ${maximumTriggers} triggers, as many as a person may have. Delete one first.`,
    zh: `您已有 ${maximumTriggers} 个触发器，达到每人上限。请先删除一个。`,
  });

export const kindFixed = (path: string) =>
  new HubError(
    'validation_failed',
    {
      en: 'A trigger stays what it is: by schedule, or by webhook.',
      zh: '触发器的类型不能改变：要么按计划，要么由 webhook 触发。',
    },
    {
      errors: [{ path, message: { en: 'Make another trigger for this.', zh: '请为此另建一个触发器。' } }],
    },
  );

export const secretMissing = (secret: string) =>
  new HubError('conflict', {
    en: `This trigger has no ${secret}, so there is no secret of it to change.`,
    zh: `此触发器没有 ${secret}，因此没有可更换的密钥。`,
  });

export const schemaInvalid = (message: LocalizedText) =>
  new HubError(
    'validation_failed',
    { en: 'This JSON schema cannot be used.', zh: '此 JSON Schema 不能使用。' },
    {
      errors: [{ path: 'body.webhook.payloadSchema', message }],
    },
  );

/** The same for an unknown address and for a wrong signature: whoever does not have the secret learns nothing. */
export const hookRefused = () =>
  new HubError('unauthenticated', {
    en: 'There is no such webhook, or its signature is missing or wrong. Sign the exact bytes of the body with the secret.',
    zh: '没有这个 webhook，或其签名缺失或错误。请用密钥对正文的原始字节签名。',
  });

export const hookTooOld = () =>
  new HubError('unauthenticated', {
    en: 'The time stamp (webhook-timestamp, in seconds) is more than five minutes away from the clock of this hub.',
    zh: '时间戳（webhook-timestamp，单位为秒）与此中枢的时钟相差超过五分钟。',
  });

export const hookPaused = () =>
  new HubError('conflict', {
    en: 'This trigger is paused. Nothing was started.',
    zh: '此触发器已暂停，没有启动任何运行。',
  });

export const hookReused = () =>
  new HubError('conflict', {
    en: 'This webhook-id came before with another body. Use a new one for a new message.',
    zh: '此 webhook-id 已用于另一个正文。新消息请使用新的标识。',
  });

export const hookTooOften = (most: number, retryAfterSeconds: number) =>
  new HubError(
    'rate_limited',
    {
      en: `This webhook takes ${most} messages in a minute. Try again in ${retryAfterSeconds} s.`,
      zh: `此 webhook 每分钟接受 ${most} 条消息，请在 ${retryAfterSeconds} 秒后重试。`,
    },
    {
      retryAfterSeconds,
    },
  );

export const payloadUnreadable = (why: LocalizedText) =>
  new HubError('bad_request', {
    en: `The body cannot be read as JSON: ${why.en}`,
    zh: `无法将正文读取为 JSON：${why.zh}`,
  });

export const payloadInvalid = (errors: HubIssue[]) =>
  new HubError(
    'validation_failed',
    { en: 'The payload is not what this webhook takes.', zh: '内容不符合此 webhook 的要求。' },
    { errors },
  );

export const messageTooLong = () =>
  new HubError('payload_too_large', {
    en: 'With this payload, the message to the agent is too long.',
    zh: '加上此内容后，发给智能体的消息过长。',
  });
