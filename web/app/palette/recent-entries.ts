import { z } from 'zod';

const kept = 8;
const toKey = (person: string) => `atrium.recent.${person}`;
const Recent = z.array(z.string().max(120)).max(kept);

/** The identifiers of what a person last chose on this device, newest first. They name nothing. */
export function readRecent(person: string): string[] {
  try {
    return Recent.safeParse(JSON.parse(localStorage.getItem(toKey(person)) ?? '[]')).data ?? [];
  } catch {
    return [];
  }
}

export function rememberRecent(person: string, id: string): void {
  try {
    const ids = [id, ...readRecent(person).filter((other) => other !== id)].slice(0, kept);
    localStorage.setItem(toKey(person), JSON.stringify(ids));
  } catch {
    // Without storage nothing is recent.
  }
}
