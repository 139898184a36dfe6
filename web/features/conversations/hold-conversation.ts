import { holdPlace, isFocusLost } from '#web/ui/hold-place.ts';

/**
 * Remembers where a conversation stands; the answer gives the focus to its actions where the list has it now, else to what
 * stood beside it, unless the focus is somewhere by then.
 */
export function holdConversation(conversation: string): () => void {
  // A phone has the list twice, once out of sight, where nothing takes the focus.
  const find = () => [...document.querySelectorAll<HTMLElement>(`[data-conversation="${CSS.escape(conversation)}"]`)];
  const goOns = find().map(holdPlace);
  return () => {
    // The lists are drawn in the timer before.
    setTimeout(() => {
      for (const item of find()) {
        if (isFocusLost()) item.querySelector('button')?.focus();
      }
      for (const goOn of goOns) goOn();
    });
  };
}
