const keyOf = (conversation: string) => `composer:${conversation}`;

/** What was typed and not sent in a conversation, kept for this tab. */
export function readComposerDraft(conversation: string): string {
  return sessionStorage.getItem(keyOf(conversation)) ?? '';
}

export function keepComposerDraft(conversation: string, text: string): void {
  if (text === '') sessionStorage.removeItem(keyOf(conversation));
  else sessionStorage.setItem(keyOf(conversation), text);
}
