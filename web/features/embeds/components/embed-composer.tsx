import { ArrowUp, Square } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { useOnline } from '#web/lib/use-online.ts';
import { IconButton } from '#web/ui/icon-button.tsx';

type EmbedComposerProps = {
  agentName: string;
  isRunning: boolean;
  /** False while the agent's questions come first. */
  isReady: boolean;
  onSend: (text: string) => void;
  onStop: () => Promise<void>;
};

const longestMessage = 8000;

/** Where a visitor writes: Enter sends, Shift+Enter breaks the line. It has the focus whenever the frame gets it. */
export function EmbedComposer({ agentName, isRunning, isReady, onSend, onStop }: EmbedComposerProps) {
  const { t } = useTranslation('embeds');
  const [text, setText] = useState('');
  const [isStopping, setIsStopping] = useState(false);
  const area = useRef<HTMLTextAreaElement>(null);
  const isOnline = useOnline();
  const canSend = isReady && isOnline && !isRunning && text.trim() !== '';

  useEffect(() => {
    const take = () => {
      if (document.activeElement === document.body) area.current?.focus({ preventScroll: true });
    };
    if (document.hasFocus()) take();
    window.addEventListener('focus', take);
    return () => window.removeEventListener('focus', take);
  }, []);

  const send = () => {
    if (!canSend) return;
    onSend(text.trim());
    setText('');
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // 229: the key belongs to an input method that is still composing (Safari ends its composition too early).
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    send();
  };
  return (
    <form
      aria-label={t('chat.write')}
      className="mx-3 mb-2 grid gap-1"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {!isOnline && (
        <p role="status" className="text-sm text-warning">
          {t('chat.offline')}
        </p>
      )}
      <div className="flex items-end gap-1 rounded-lg border border-line-strong bg-raised p-1 focus-frame">
        <textarea
          ref={area}
          aria-label={t('chat.message', { agent: agentName })}
          placeholder={t(isReady ? 'chat.message' : 'chat.formFirst', { agent: agentName })}
          rows={1}
          maxLength={longestMessage}
          value={text}
          disabled={!isReady}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={onKeyDown}
          className="field-sizing-content max-h-[30dvh] min-h-11 min-w-0 flex-1 resize-none bg-transparent px-2 py-2.5 outline-none"
        />
        {isRunning ? (
          <IconButton
            label={t('chat.stop')}
            icon={<Square />}
            variant="secondary"
            tooltip={false}
            disabled={isStopping}
            onClick={() => {
              setIsStopping(true);
              void onStop().finally(() => setIsStopping(false));
            }}
          />
        ) : (
          <IconButton
            label={t('chat.send')}
            icon={<ArrowUp />}
            variant="primary"
            tooltip={false}
            type="submit"
            disabled={!canSend}
          />
        )}
      </div>
    </form>
  );
}
