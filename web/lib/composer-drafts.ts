const storageKey = 'composer-drafts';
const mostDrafts = 30;
/** What is longer is cut when it is kept. */
export const longestDraft = 20_000;
const restMs = 300;

type Draft = readonly [conversation: string, text: string];

/** What was typed since the last writing: a key does not wait for the storage, which reads and writes all drafts at once. */
const waiting = new Map<string, string>();
let timer: ReturnType<typeof setTimeout> | undefined;

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
  return waiting.get(conversation) ?? readAll().find(([key]) => key === conversation)?.[1] ?? '';
}

/** Keeps it once nothing was typed for a moment, or the page is left. */
export function keepComposerDraft(conversation: string, text: string): void {
  // What was typed last is the newest draft.
  waiting.delete(conversation);
  waiting.set(conversation, text);
  clearTimeout(timer);
  timer = setTimeout(writeComposerDrafts, restMs);
  // Once, however often they are added. A phone tells a page that it is hidden, and may then end it without a word.
  window.addEventListener('pagehide', writeComposerDrafts);
  document.addEventListener('visibilitychange', writeComposerDrafts);
}

/** Keeps at once what was typed. */
export function writeComposerDrafts(): void {
  clearTimeout(timer);
  if (waiting.size === 0) return;
  const others = readAll().filter(([key]) => !waiting.has(key));
  const typed = [...waiting].filter(([, text]) => text !== '').map(([key, text]) => [key, text.slice(0, longestDraft)]);
  const drafts = [...others, ...typed];
  waiting.clear();
  try {
    if (drafts.length === 0) localStorage.removeItem(storageKey);
    else localStorage.setItem(storageKey, JSON.stringify(drafts.slice(-mostDrafts)));
  } catch {
    // A browser that keeps nothing, or is full: the words are still in the page.
  }
}

/** Nothing typed stays in the browser of somebody who signs out. */
export function forgetComposerDrafts(): void {
  waiting.clear();
  localStorage.removeItem(storageKey);
}
