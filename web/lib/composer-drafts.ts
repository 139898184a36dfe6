const storageKey = 'composer-drafts';
const mostDrafts = 30;
const longestDraft = 20_000;

type Draft = readonly [conversation: string, text: string];

const isDraft = (kept: unknown): kept is Draft =>
  Array.isArray(kept) && kept.length === 2 && kept.every((part) => typeof part === 'string');

function readAll(): Draft[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(storageKey) ?? '[]');
    return Array.isArray(kept) ? kept.filter(isDraft) : [];
  } catch {
    return [];
  }
}

/** What was typed and not sent in a conversation, kept in this browser: the newest few, until they are sent. */
export function readComposerDraft(conversation: string): string {
  return readAll().find(([key]) => key === conversation)?.[1] ?? '';
}

export function keepComposerDraft(conversation: string, text: string): void {
  const others = readAll().filter(([key]) => key !== conversation);
  const drafts = text === '' ? others : [...others, [conversation, text.slice(0, longestDraft)] as const];
  try {
    if (drafts.length === 0) localStorage.removeItem(storageKey);
    else localStorage.setItem(storageKey, JSON.stringify(drafts.slice(-mostDrafts)));
  } catch {
    // A browser that keeps nothing, or is full: the words are still in the page.
  }
}

/** Nothing typed stays in the browser of somebody who signs out. */
export function forgetComposerDrafts(): void {
  localStorage.removeItem(storageKey);
}
