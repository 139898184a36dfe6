import type { Visit } from './api/visit-requests.ts';

const keyOf = (agent: string) => `atrium.visit:${agent}`;
/** For browsers that give a frame no storage: then a visit lasts as long as the page. */
const inMemory = new Map<string, string>();

/** The visit that this tab has with an agent, or null. */
export function readKeptVisit(agent: string): Visit | null {
  let token = inMemory.get(agent) ?? null;
  try {
    token ??= sessionStorage.getItem(keyOf(agent));
  } catch {
    // Storage is closed.
  }
  return token === null ? null : { agent, token };
}

export function keepVisit({ agent, token }: Visit): void {
  inMemory.set(agent, token);
  try {
    sessionStorage.setItem(keyOf(agent), token);
  } catch {
    // Storage is closed.
  }
}

export function forgetVisit(agent: string): void {
  inMemory.delete(agent);
  try {
    sessionStorage.removeItem(keyOf(agent));
  } catch {
    // Storage is closed.
  }
}
