import { createHash, timingSafeEqual } from 'node:crypto';

const digest = (text: string) => createHash('sha256').update(text).digest();

/** Whether two secrets are the same; compared by their digests, so that neither their lengths nor where they differ can be timed. */
export const isSameSecret = (left: string, right: string): boolean => timingSafeEqual(digest(left), digest(right));
