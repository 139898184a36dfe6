import type { Guard, GuardKind } from '#server/contract/guard.ts';

export const guardKinds = [
  'blocked-topics',
  'personal-data',
  'secrets',
  'jailbreak',
  'maximum-length',
  'json-schema',
] as const satisfies GuardKind[];

/** A new guard of a kind; its words are still to be written. */
export function toNewGuard(kind: GuardKind): Guard {
  switch (kind) {
    case 'blocked-topics':
      return { kind, when: 'both', action: 'refuse', words: [] };
    case 'personal-data':
      return { kind, when: 'both', action: 'mask', types: ['email', 'phone', 'card', 'iban', 'national-id'] };
    case 'secrets':
      return { kind, when: 'both', action: 'mask' };
    case 'jailbreak':
      return { kind, when: 'input', action: 'refuse' };
    case 'maximum-length':
      return { kind, when: 'input', action: 'refuse', characters: 4_000 };
    case 'json-schema':
      return { kind, when: 'input', action: 'refuse', schema: { type: 'object' } };
  }
}

/** The words of a list that is written one a line. */
export function toWords(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}
