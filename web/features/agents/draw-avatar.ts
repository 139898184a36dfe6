import type { Avatar } from '#server/contract/agent-definition.ts';

/** Colours that a drawn avatar is offered in. */
export const avatarColors = ['#0b6457', '#855000', '#a3472b', '#7a3b69', '#3d4f8a', '#2f6f9f', '#4f6b2a', '#5b5347'];

/** A new drawn avatar, in the given colour or one by chance. */
export function drawAvatar(color?: string): Extract<Avatar, { kind: 'drawn' }> {
  const chance = avatarColors[Math.floor(Math.random() * avatarColors.length)] ?? '#0b6457';
  return { kind: 'drawn', seed: crypto.getRandomValues(new Uint32Array(1)).join(''), color: color ?? chance };
}
