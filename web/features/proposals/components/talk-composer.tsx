import { ArrowUp, Square } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { useOnline } from '#web/lib/use-online.ts';
import { IconButton } from '#web/ui/icon-button.tsx';

const longest = 20_000;

type TalkComposerProps = {
  text: string;
  onText: (text: string) => void;
  isRunning: boolean;
  onSend: (text: string) => void;
  onStop: () => Promise<void>;
};

/** Where one says what the agent should do: Enter sends, Shift+Enter breaks the line. */
export function TalkComposer({ text, onText, isRunning, onSend, onStop }: TalkComposerProps) {
  const { t } = useTranslation('proposals');
  const isOnline = useOnline();
  const [isStopping, setIsStopping] = useState(false);
  const canSend = isOnline && !isRunning && text.trim() !== '';
  const send = () => {
    if (!canSend) return;
    onSend(text.trim());
    onText('');
  };
  return (
    <form
      aria-label={t('talk.composer')}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
      className="flex items-end gap-1 rounded-lg border border-line-strong bg-raised p-2 shadow-lifted focus-frame"
    >
      <textarea
        aria-label={t('talk.message')}
        placeholder={t('talk.message')}
        rows={1}
        maxLength={longest}
        value={text}
        onChange={(event) => onText(event.target.value)}
        onKeyDown={(event) => {
          // 229: the key belongs to an input method that is still composing.
          if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing || event.keyCode === 229) return;
          event.preventDefault();
          send();
        }}
        className="field-sizing-content max-h-[40dvh] min-h-11 min-w-0 flex-1 resize-none bg-transparent px-2 py-2.5 outline-none"
      />
      {isRunning ? (
        <IconButton
          label={t('talk.stop')}
          icon={<Square />}
          variant="secondary"
          disabled={isStopping}
          onClick={() => {
            setIsStopping(true);
            void onStop().finally(() => setIsStopping(false));
          }}
        />
      ) : (
        <IconButton label={t('talk.send')} icon={<ArrowUp />} variant="primary" type="submit" disabled={!canSend} />
      )}
    </form>
  );
}
