const name = (agent: string) => `atrium.describe.${agent}`;

/** Keeps what a new agent should do until the talk in its builder takes it; kept over a reload, gone with the tab. */
export function keepDescription(agent: string, text: string): void {
  try {
    sessionStorage.setItem(name(agent), text);
  } catch {
    // Without storage the person says it again.
  }
}

/** Takes it, once. */
export function takeDescription(agent: string): string | null {
  try {
    const kept = sessionStorage.getItem(name(agent));
    sessionStorage.removeItem(name(agent));
    return kept;
  } catch {
    return null;
  }
}
