type Listener = 'chat' | 'describe';

const name = (listener: Listener, agent: string) => `atrium.${listener}.${agent}`;

/** Keeps what a person wants said to an agent on the page that is gone to; kept over a reload, gone with the tab. */
export function keepWords(listener: Listener, agent: string, text: string): void {
  try {
    sessionStorage.setItem(name(listener, agent), text);
  } catch {
    // Without storage the person says it again.
  }
}

/** Takes it, once. */
export function takeWords(listener: Listener, agent: string): string | null {
  try {
    const kept = sessionStorage.getItem(name(listener, agent));
    sessionStorage.removeItem(name(listener, agent));
    return kept;
  } catch {
    return null;
  }
}
