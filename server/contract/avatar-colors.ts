/** The colours that drawn avatars are offered in, and that a new agent's is one of. */
export const avatarColors = [
  '#0b6457',
  '#855000',
  '#a3472b',
  '#7a3b69',
  '#3d4f8a',
  '#2f6f9f',
  '#4f6b2a',
  '#5b5347',
] as const;
