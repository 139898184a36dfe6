import { ArrowUp, Paperclip, Square } from 'lucide-react';
import {
  type ClipboardEvent,
  type DragEvent,
  type KeyboardEvent,
  type Ref,
  Suspense,
  lazy,
  useEffect,
  useId,
  useImperativeHandle,
  useRef,
  useState,
} from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { AttachedFile } from '#server/contract/conversation.ts';
import { UploadList } from '#web/features/files/components/upload-list.tsx';
import { useUploads } from '#web/features/files/use-uploads.ts';
import { findCommands, type SlashCommand } from '#web/features/conversations/use-slash-commands.ts';
import { keepComposerDraft, readComposerDraft } from '#web/lib/composer-drafts.ts';
import { classNames } from '#web/lib/class-names.ts';
import { useOnline } from '#web/lib/use-online.ts';
import { useTouched } from '#web/lib/use-touched.ts';
import { IconButton } from '#web/ui/icon-button.tsx';

const SlashMenu = lazy(async () => ({ default: (await import('./slash-menu.tsx')).SlashMenu }));

const DictateButton = lazy(async () => ({
  default: (await import('#web/features/speech/components/dictate-button.tsx')).DictateButton,
}));

const maximumFiles = 10;

/** What else may be written into it. */
export type ComposerHandle = { quote: (text: string) => void };

type ComposerProps = {
  handle: Ref<ComposerHandle>;
  commands: SlashCommand[];
  /** Arrow up in the empty composer. */
  onEditLast: (() => void) | undefined;
  /** What is typed is kept under this name until it is sent. */
  draftKey: string;
  agentName: string;
  isRunning: boolean;
  /** `form`: the agent's questions come first. `forbidden`: the person may not run it. */
  readiness: 'ready' | 'form' | 'forbidden';
  onSend: (text: string, files: AttachedFile[]) => void;
  onStop: () => Promise<void>;
};

/** Where a message is written: Enter sends, Shift+Enter breaks the line; files come by button, paste or drop. */
export function Composer({
  handle,
  commands,
  onEditLast,
  draftKey,
  agentName,
  isRunning,
  readiness,
  onSend,
  onStop,
}: ComposerProps) {
  const { t } = useTranslation('conversations');
  const [text, setText] = useState(() => readComposerDraft(draftKey));
  const [isDropping, setIsDropping] = useState(false);
  const [isStopping, setIsStopping] = useState(false);
  const area = useRef<HTMLTextAreaElement>(null);
  const menuId = useId();
  const [active, setActive] = useState(0);
  const [closedFor, setClosedFor] = useState<string | null>(null);
  const offered = closedFor === text ? [] : findCommands(commands, text);
  const chosen = offered[Math.min(active, offered.length - 1)];
  const picker = useRef<HTMLInputElement>(null);
  const uploads = useUploads({ maximum: maximumFiles });
  const isOnline = useOnline();
  const isTouched = useTouched();
  const isReady = readiness === 'ready';
  const placeholders = {
    ready: t('composer.message', { agent: agentName }),
    form: t('composer.notReady'),
    forbidden: t('composer.notAllowed'),
  };
  const canSend = isReady && isOnline && !isRunning && !uploads.isUploading && text.trim() !== '';

  const keptUnder = useRef(draftKey);
  useEffect(() => {
    if (keptUnder.current !== draftKey) keepComposerDraft(keptUnder.current, '');
    keptUnder.current = draftKey;
    keepComposerDraft(draftKey, text);
  }, [draftKey, text]);

  const send = () => {
    if (!canSend) return;
    onSend(
      text.trim(),
      uploads.uploads.flatMap(({ stored }) => (stored ? [stored] : [])),
    );
    setText('');
    uploads.clear();
  };
  useImperativeHandle(handle, () => ({
    quote: (quoted) => {
      const lines = quoted.split('\n').map((line) => `> ${line}`);
      setText((before) => `${before === '' ? '' : `${before.trimEnd()}\n\n`}${lines.join('\n')}\n\n`);
      area.current?.focus();
    },
  }));
  const pick = (command: SlashCommand) => {
    setText('');
    command.run();
  };
  /** The keys of the list of commands; false: the key is the text's. */
  const chooses = (key: string): boolean => {
    if (chosen === undefined) return false;
    if (key === 'ArrowDown') setActive((offered.indexOf(chosen) + 1) % offered.length);
    else if (key === 'ArrowUp') setActive((offered.indexOf(chosen) + offered.length - 1) % offered.length);
    else if (key === 'Escape') setClosedFor(text);
    else if (key === 'Enter' || key === 'Tab') pick(chosen);
    else return false;
    return true;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (!event.nativeEvent.isComposing && event.keyCode !== 229 && !event.shiftKey && chooses(event.key)) {
      event.preventDefault();
      return;
    }
    if (event.key === 'ArrowUp' && text === '' && !isRunning && onEditLast) {
      event.preventDefault();
      onEditLast();
      return;
    }
    // 229: the key belongs to an input method that is still composing (Safari ends its composition too early).
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    send();
  };
  const onPaste = (event: ClipboardEvent) => {
    if (event.clipboardData.files.length === 0) return;
    event.preventDefault();
    uploads.add(event.clipboardData.files);
  };
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setIsDropping(false);
    uploads.add(event.dataTransfer.files);
  };
  const stop = () => {
    setIsStopping(true);
    void onStop().finally(() => setIsStopping(false));
  };

  return (
    <form
      aria-label={t('composer.label')}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
      onDragOver={(event) => {
        event.preventDefault();
        setIsDropping(true);
      }}
      onDragLeave={() => setIsDropping(false)}
      onDrop={onDrop}
      className={classNames(
        'grid gap-2 rounded-lg border bg-raised p-2 shadow-lifted transition-colors focus-within:border-accent',
        isDropping ? 'border-accent bg-accent-soft' : 'border-line-strong',
      )}
    >
      {chosen && (
        <Suspense fallback={null}>
          <SlashMenu id={menuId} commands={offered} active={offered.indexOf(chosen)} onPick={pick} />
        </Suspense>
      )}
      <UploadList uploads={uploads} maximum={maximumFiles} />
      <div className="flex items-end gap-1">
        <input
          ref={picker}
          type="file"
          multiple
          hidden
          aria-label={t('composer.files')}
          onChange={(event) => {
            uploads.add(event.target.files ?? []);
            event.target.value = '';
          }}
        />
        <IconButton
          label={t('composer.attach')}
          icon={<Paperclip />}
          disabled={!isReady}
          onClick={() => picker.current?.click()}
        />
        <textarea
          ref={area}
          aria-autocomplete="list"
          {...(chosen && {
            'aria-controls': menuId,
            'aria-activedescendant': `${menuId}-${offered.indexOf(chosen)}`,
          })}
          aria-label={t('composer.message', { agent: agentName })}
          placeholder={placeholders[readiness]}
          rows={1}
          value={text}
          disabled={!isReady}
          onChange={(event) => {
            setText(event.target.value);
            setActive(0);
          }}
          onKeyDown={onKeyDown}
          onPaste={onPaste}
          className="field-sizing-content max-h-[40dvh] min-h-11 min-w-0 flex-1 resize-none bg-transparent px-2 py-2.5 outline-none"
        />
        {isTouched && (
          <Suspense fallback={null}>
            <DictateButton text={text} onText={setText} disabled={!isReady} />
          </Suspense>
        )}
        {isRunning ? (
          <IconButton
            label={t('composer.stop')}
            icon={<Square />}
            variant="secondary"
            disabled={isStopping}
            onClick={stop}
          />
        ) : (
          <IconButton
            label={t('composer.send')}
            icon={<ArrowUp />}
            variant="primary"
            type="submit"
            disabled={!canSend}
          />
        )}
      </div>
    </form>
  );
}
