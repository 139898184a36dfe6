import { useEffect, useRef, useState } from 'react';
import { keepComposerDraft, readComposerDraft, writeComposerDrafts } from '#web/lib/composer-drafts.ts';

/** What is typed and not yet sent, kept under a name that changes when a new conversation gets one. */
export function useComposerDraft(draftKey: string) {
  const [text, setText] = useState(() => readComposerDraft(draftKey));
  const keptUnder = useRef(draftKey);
  useEffect(() => {
    if (keptUnder.current !== draftKey) keepComposerDraft(keptUnder.current, '');
    keptUnder.current = draftKey;
    keepComposerDraft(draftKey, text);
  }, [draftKey, text]);
  useEffect(() => writeComposerDrafts, []);
  return [text, setText] as const;
}
