import type { Avatar } from '#server/contract/agent-definition.ts';

export type DrawnAvatar = Extract<Avatar, { kind: 'drawn' }>;

/** Colours that a drawn avatar is offered in. */
export const avatarColors = ['#0b6457', '#855000', '#a3472b', '#7a3b69', '#3d4f8a', '#2f6f9f', '#4f6b2a', '#5b5347'];

/** A new drawn avatar: another of the same kind, or in a colour by chance. */
export function drawAvatar(former?: Avatar): DrawnAvatar {
  const seed = crypto.getRandomValues(new Uint32Array(1)).join('');
  if (former?.kind === 'drawn') return { ...former, seed };
  const color = avatarColors[Math.floor(Math.random() * avatarColors.length)] ?? '#0b6457';
  return { kind: 'drawn', style: 'shapes', seed, color };
}
