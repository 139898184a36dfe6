import type { Avatar } from '#server/contract/agent-definition.ts';
import { avatarColors } from '#server/contract/avatar-colors.ts';

export type DrawnAvatar = Extract<Avatar, { kind: 'drawn' }>;

/** A new drawn avatar: another of the same kind, or in a colour by chance. */
export function drawAvatar(former?: Avatar): DrawnAvatar {
  const seed = crypto.getRandomValues(new Uint32Array(1)).join('');
  if (former?.kind === 'drawn') return { ...former, seed };
  const color = avatarColors[Math.floor(Math.random() * avatarColors.length)] ?? avatarColors[0];
  return { kind: 'drawn', style: 'shapes', seed, color };
}
