import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { Button } from '#web/ui/button.tsx';

type MessageEditorProps = { content: string; isBusy: boolean; onSend: (text: string) => void; onDrop: () => void };

/** A message being written anew: Ctrl or ⌘ with Enter sends, Escape drops. */
export function MessageEditor({ content, isBusy, onSend, onDrop }: MessageEditorProps) {
  const { t } = useTranslation('conversations');
  const [text, setText] = useState(content);
  const area = useRef<HTMLTextAreaElement>(null);
  const canSend = !isBusy && text.trim() !== '';
  useEffect(() => {
    area.current?.focus();
    area.current?.setSelectionRange(content.length, content.length);
  }, [content.length]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape') onDrop();
    else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && canSend) onSend(text.trim());
    else return;
    event.preventDefault();
  };
  return (
    <form
      aria-label={t('chat.edit')}
      className="grid w-full gap-2 rounded-lg border border-accent bg-raised p-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (canSend) onSend(text.trim());
      }}
    >
      <textarea
        ref={area}
        aria-label={t('edit.text')}
        value={text}
        rows={2}
        onChange={({ target }) => setText(target.value)}
        onKeyDown={onKeyDown}
        className="field-sizing-content max-h-[50dvh] min-h-16 w-full resize-none bg-transparent px-2 py-1.5 outline-none"
      />
      <div className="flex flex-wrap items-center justify-end gap-2">
        <p className="pointer-coarse:invisible min-w-0 flex-1 px-2 text-xs text-ink-faint">{t('edit.hint')}</p>
        <Button size="small" variant="quiet" onClick={onDrop}>
          {t('common:action.cancel')}
        </Button>
        <Button size="small" variant="primary" type="submit" disabled={!canSend}>
          {t('composer.send')}
        </Button>
      </div>
    </form>
  );
}
