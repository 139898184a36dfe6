import type { Avatar } from '#server/contract/agent-definition.ts';

const avatarColors = ['#4f46e5', '#0891b2', '#059669', '#d97706', '#dc2626', '#9333ea', '#db2777', '#475569'];

/** An avatar drawn from a name; the same name has the same colour. */
export function toDrawnAvatar(name: string): Extract<Avatar, { kind: 'drawn' }> {
  const sum = [...name].reduce((total, letter) => (total * 31 + (letter.codePointAt(0) ?? 0)) % 65_536, 7);
  const color = avatarColors[sum % avatarColors.length] ?? '#475569';
  return { kind: 'drawn', style: 'shapes', seed: name.slice(0, 80), color };
}
