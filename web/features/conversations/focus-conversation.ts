/** Gives the focus to the actions of a conversation that has moved in its list, unless it is elsewhere by now. */
export function focusConversation(conversation: string): void {
  // The lists are drawn in the timer before.
  setTimeout(() => {
    const item = `[data-conversation="${CSS.escape(conversation)}"]`;
    // A phone has the list twice, once out of sight, where nothing takes the focus.
    for (const button of document.querySelectorAll<HTMLElement>(`${item} button`)) {
      if (document.activeElement?.contains(button)) button.focus();
    }
  });
}
