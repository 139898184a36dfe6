import type { GuardFinding, GuardSide } from '#server/contract/guard.ts';
import { HubError } from '#server/hub-error.ts';

const names: Record<string, string> = {
  'blocked-topics': 'blocked topics',
  'personal-data': 'personal data',
  secrets: 'secrets',
  jailbreak: 'attempts to change its instructions',
  'maximum-length': 'maximum length',
  'json-schema': 'JSON of the wrong shape',
};

/** Names the guard, never what it found. */
export function guardRefused(side: GuardSide, findings: readonly GuardFinding[]): HubError {
  const guards = findings.filter(({ action }) => action === 'refuse').map(({ guard }) => names[guard] ?? guard);
  const list = [...new Set(guards)].join(', ');
  return new HubError('guard_refused', sentences[side](list));
}

const sentences: Record<GuardSide, (guards: string) => string> = {
  input: (guards) =>
    `A guard of this agent refused the message: ${guards}. It was not sent to a model. Change it and send it again.`,
  output: (guards) => `A guard of this agent ended the answer: ${guards}. Ask in another way.`,
  'tool-input': (guards) =>
    `A guard of this agent refused what the tool was to be sent: ${guards}. The call was not made. Do it without that.`,
  'tool-result': (guards) =>
    `A guard of this agent refused what the tool brought: ${guards}. It may not be read. Do without it.`,
};
