import type { GuardFinding, GuardSide } from '#server/contract/guard.ts';
import type { LocalizedText } from '#server/contract/localized-text.ts';
import { HubError } from '#server/hub-error.ts';

const names: Record<string, LocalizedText> = {
  'blocked-topics': { en: 'blocked topics', zh: '禁止的话题' },
  'personal-data': { en: 'personal data', zh: '个人信息' },
  secrets: { en: 'secrets', zh: '密钥和助记词' },
  jailbreak: { en: 'attempts to change its instructions', zh: '试图更改其指令' },
  'maximum-length': { en: 'maximum length', zh: '长度上限' },
  'json-schema': { en: 'JSON of the wrong shape', zh: '结构不符的 JSON' },
};

/** Names the guard, never what it found. */
export function guardRefused(side: GuardSide, findings: readonly GuardFinding[]): HubError {
  const refusing = findings.filter(({ action }) => action === 'refuse').map(({ guard }) => guard);
  const guards = [...new Set(refusing)].map((guard) => names[guard] ?? { en: guard, zh: guard });
  const { en, zh } = sentences[side];
  return new HubError('guard_refused', {
    en: en(guards.map((name) => name.en).join(', ')),
    zh: zh(guards.map((name) => name.zh).join('、')),
  });
}

const sentences: Record<GuardSide, Record<keyof LocalizedText, (guards: string) => string>> = {
  input: {
    en: (guards) =>
      `A guard of this agent refused the message: ${guards}. It was not sent to a model. Change it and send it again.`,
    zh: (guards) => `该智能体的防护拒绝了这条消息：${guards}。消息没有发送给模型。请修改后重新发送。`,
  },
  output: {
    en: (guards) => `A guard of this agent ended the answer: ${guards}. Ask in another way.`,
    zh: (guards) => `该智能体的防护中止了回答：${guards}。请换一种方式提问。`,
  },
  'tool-input': {
    en: (guards) =>
      `A guard of this agent refused what the tool was to be sent: ${guards}. The call was not made. Do it without that.`,
    zh: (guards) => `该智能体的防护拒绝了要发送给工具的内容：${guards}。没有进行调用。请去掉这些内容。`,
  },
  'tool-result': {
    en: (guards) =>
      `A guard of this agent refused what the tool brought: ${guards}. It may not be read. Do without it.`,
    zh: (guards) => `该智能体的防护拒绝了工具返回的内容：${guards}。不能读取该内容，请不要使用它。`,
  },
};
