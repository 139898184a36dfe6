import { useEffect, useRef } from 'react';
import type { Uploads } from '#web/features/files/use-uploads.ts';
import type { SentMessage, UnsentMessage } from './to-turns.ts';

/**
 * Puts a message that did not go out back where it was written, before what was written since; and takes it away again where
 * it turns out that only the hub's answer was lost.
 */
export function useGivenBack(
  unsent: UnsentMessage | null,
  setText: (change: (text: string) => string) => void,
  { giveBack, takeOff }: Pick<Uploads, 'giveBack' | 'takeOff'>,
) {
  const back = useRef<SentMessage | null>(null);
  const message = unsent?.isBranch === false ? unsent.message : null;
  const hasArrived = unsent?.hasArrived === true;
  useEffect(() => {
    const isBack = back.current === message;
    back.current = hasArrived ? null : message;
    if (message === null || isBack !== hasArrived) return;
    const { content, files } = message;
    if (hasArrived) {
      setText((text) => (text === content ? '' : text));
      takeOff(files);
    } else {
      setText((text) => (text.trim() === '' ? content : `${content}\n\n${text}`));
      giveBack(files);
    }
  }, [message, hasArrived, setText, giveBack, takeOff]);
}
