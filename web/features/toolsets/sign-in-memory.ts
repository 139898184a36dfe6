const storageKey = 'atrium.toolset-sign-in';

/** Remembers, in this tab, which toolset somebody left the page to sign in for. */
export function rememberSignIn(toolset: string | null): void {
  try {
    if (toolset === null) sessionStorage.removeItem(storageKey);
    else sessionStorage.setItem(storageKey, toolset);
  } catch {
    // Without storage the list of toolsets is the way to begin again.
  }
}

export function recallSignIn(): string | null {
  try {
    return sessionStorage.getItem(storageKey);
  } catch {
    return null;
  }
}
