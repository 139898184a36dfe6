import type { Portrait } from '#server/contract/portrait.ts';

/** Where the hub draws a picture, seen from its own page. */
export const toPortraitAddress = ({ style, seed, color }: Portrait) =>
  `/api/portraits/${style}?${new URLSearchParams({ seed, color: color.slice(1) }).toString()}`;
