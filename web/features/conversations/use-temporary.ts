import { useEffect, useState } from 'react';
import { keepComposerDraft, writeComposerDrafts } from '#web/lib/composer-drafts.ts';
import { deleteConversation } from './api/delete-conversation.ts';

/**
 * Whether a conversation that begins here is temporary, chosen before its first message. The hub is asked to forget it when
 * it is left: for another one, for another page, or by closing this one; this browser keeps nothing of it either.
 */
export function useTemporary() {
  const [isOn, setIsOn] = useState(false);
  const [begun, setBegun] = useState<string | null>(null);
  useEffect(() => {
    if (begun === null) return;
    let isLeft = false;
    const leave = () => {
      if (isLeft) return;
      isLeft = true;
      keepComposerDraft(begun, '');
      writeComposerDrafts();
      // One that could not be asked for is forgotten a day after its last message.
      deleteConversation(begun).catch(() => undefined);
    };
    window.addEventListener('pagehide', leave);
    return () => {
      window.removeEventListener('pagehide', leave);
      leave();
    };
  }, [begun]);
  return { isOn, choose: setIsOn, begin: setBegun };
}
