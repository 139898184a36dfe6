import type { GuardFinding, GuardSide } from '#server/contract/guard.ts';
import { HubError } from '#server/hub-error.ts';

const names: Record<string, string> = {
  'blocked-topics': 'blocked topics',
  'personal-data': 'personal data',
  secrets: 'secrets',
  jailbreak: 'attempts to change its instructions',
  'maximum-length': 'maximum length',
};

/** Names the guard, never what it found. */
export function guardRefused(side: GuardSide, findings: readonly GuardFinding[]): HubError {
  const guards = findings.filter(({ action }) => action === 'refuse').map(({ guard }) => names[guard] ?? guard);
  const list = [...new Set(guards)].join(', ');
  return new HubError(
    'guard_refused',
    side === 'input'
      ? `A guard of this agent refused the message: ${list}. It was not sent to a model. Change it and send it again.`
      : `A guard of this agent ended the answer: ${list}. Ask in another way.`,
  );
}
