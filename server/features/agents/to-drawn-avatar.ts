import type { Avatar } from '#server/contract/agent-definition.ts';
import { avatarColors } from '#server/contract/avatar-colors.ts';

/** An avatar drawn from a name; the same name has the same colour. */
export function toDrawnAvatar(name: string): Extract<Avatar, { kind: 'drawn' }> {
  const sum = [...name].reduce((total, letter) => (total * 31 + (letter.codePointAt(0) ?? 0)) % 65_536, 7);
  const color = avatarColors[sum % avatarColors.length] ?? avatarColors[0];
  return { kind: 'drawn', style: 'shapes', seed: name.slice(0, 80), color };
}
