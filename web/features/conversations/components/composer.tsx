import {
  type KeyboardEvent,
  lazy,
  memo,
  type Ref,
  type RefObject,
  Suspense,
  useId,
  useImperativeHandle,
  useMemo,
  useRef,
  useState,
} from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { AttachedFile } from '#server/contract/conversation.ts';
import type { FillPromptInput } from '#server/contract/prompt.ts';
import { UploadList } from '#web/features/files/components/upload-list.tsx';
import { useUploads } from '#web/features/files/use-uploads.ts';
import { DictateButton } from '#web/features/speech/components/dictate-button.tsx';
import { useCommandChoice } from '#web/features/conversations/use-command-choice.ts';
import { useComposerDraft } from '#web/features/conversations/use-composer-draft.ts';
import { useGivenBack } from '#web/features/conversations/use-given-back.ts';
import type { UnsentMessage } from '#web/features/conversations/to-turns.ts';
import { useFileDrop } from '#web/features/conversations/use-file-drop.ts';
import type { SlashCommand } from '#web/features/conversations/use-slash-commands.ts';
import { classNames } from '#web/lib/class-names.ts';
import { useOnline } from '#web/lib/use-online.ts';
import { AttachButton } from './attach-button.tsx';
import { SendButton } from './send-button.tsx';

const SlashMenu = lazy(async () => ({ default: (await import('./slash-menu.tsx')).SlashMenu }));

const AgentPrompts = lazy(async () => ({ default: (await import('./agent-prompts.tsx')).AgentPrompts }));

const maximumFiles = 10;

/** What else may be done with it than to write in it. */
export type ComposerHandle = { quote: (text: string) => void; focus: () => void; send: () => void };

type ComposerProps = {
  handle: Ref<ComposerHandle>;
  /** Where files may be dropped. */
  dropArea: RefObject<HTMLElement | null>;
  commands: SlashCommand[];
  /** Arrow up in the empty composer. */
  onEditLast: (() => void) | undefined;
  /** What is typed is kept under this name until it is sent. */
  draftKey: string;
  /** Whose prompts are offered. */
  agent: string;
  version: FillPromptInput['version'];
  agentName: string;
  isRunning: boolean;
  /** What was sent last, where it did not go out. */
  unsent: UnsentMessage | null;
  /** `form`: the agent's questions come first. `forbidden`: the person may not run it. */
  readiness: 'ready' | 'form' | 'forbidden';
  onSend: (text: string, files: AttachedFile[]) => void;
  onStop: () => Promise<void>;
};

/**
 * Where a message is written: Enter sends, Shift+Enter breaks the line; files come by button, paste or drop. An answer that
 * grows above it does not draw it again.
 */
export const Composer = memo(function Composer({
  handle,
  dropArea,
  commands,
  onEditLast,
  draftKey,
  agent,
  version,
  agentName,
  isRunning,
  unsent,
  readiness,
  onSend,
  onStop,
}: ComposerProps) {
  const { t } = useTranslation('conversations');
  const [text, setText] = useComposerDraft(draftKey);
  const area = useRef<HTMLTextAreaElement>(null);
  const uploads = useUploads({ maximum: maximumFiles });
  useGivenBack(unsent, setText, uploads);
  const menuId = useId();
  const pick = (command: SlashCommand) => {
    setText('');
    command.run();
  };
  const [prompts, setPrompts] = useState<SlashCommand[] | null>(null);
  if (prompts === null && text.startsWith('/')) setPrompts([]);
  const offered = useMemo(() => [...commands, ...(prompts ?? [])], [commands, prompts]);
  const choice = useCommandChoice({ commands: offered, text, onPick: pick });
  const isOffering = choice.offered.length > 0;
  const isOnline = useOnline();
  const isReady = readiness === 'ready';
  const { isDropping, onPaste } = useFileDrop(dropArea, (files) => isReady && uploads.add(files));
  const isOffered = isReady && isDropping;
  const placeholders = {
    ready: t('composer.message', { agent: agentName }),
    form: t('composer.notReady'),
    forbidden: t('composer.notAllowed'),
  };
  const canSend = isReady && isOnline && !isRunning && uploads.areStored && text.trim() !== '';

  const send = () => {
    if (!canSend) {
      area.current?.focus();
      return;
    }
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
    focus: () => area.current?.focus(),
    send,
  }));
  const takePrompt = (filled: string) => {
    setText(filled);
    requestAnimationFrame(() => area.current?.focus());
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // 229: the key belongs to an input method that is still composing (Safari ends its composition too early).
    const isComposing = event.nativeEvent.isComposing || event.keyCode === 229;
    const isTaken = !isComposing && !event.shiftKey && choice.take(event.key);
    if (!isTaken) {
      if (event.key === 'ArrowUp' && text === '' && !isRunning && onEditLast) onEditLast();
      else if (event.key === 'Enter' && !event.shiftKey && !isComposing) send();
      else return;
    }
    event.preventDefault();
  };

  return (
    <form
      aria-label={t('composer.label')}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
      className={classNames(
        'grid grid-cols-1 gap-2 rounded-lg border p-2 shadow-lifted focus-frame',
        isOffered ? 'border-accent bg-accent-soft' : 'border-line-strong bg-raised',
      )}
    >
      {isOffering && (
        <Suspense fallback={null}>
          <SlashMenu id={menuId} commands={choice.offered} active={choice.place} onPick={pick} />
        </Suspense>
      )}
      {prompts !== null && (
        <Suspense fallback={null}>
          <AgentPrompts agent={agent} version={version} onCommands={setPrompts} onFilled={takePrompt} />
        </Suspense>
      )}
      <UploadList uploads={uploads} maximum={maximumFiles} />
      <div className="flex items-end gap-1">
        <AttachButton disabled={!isReady} onFiles={(files) => uploads.add(files)} />
        <textarea
          ref={area}
          aria-autocomplete="list"
          {...(isOffering && { 'aria-controls': menuId, 'aria-activedescendant': `${menuId}-${choice.place}` })}
          aria-label={t('composer.message', { agent: agentName })}
          placeholder={isOffered ? t('composer.drop') : placeholders[readiness]}
          rows={1}
          value={text}
          disabled={!isReady}
          onChange={(event) => {
            setText(event.target.value);
            choice.begin();
          }}
          onKeyDown={onKeyDown}
          onPaste={onPaste}
          className="field-sizing-content max-h-[40dvh] min-h-11 min-w-0 flex-1 resize-none bg-transparent px-2 py-2.5 text-ellipsis placeholder-shown:overflow-hidden outline-none placeholder:truncate"
        />
        <DictateButton label={t('composer.dictate')} text={text} onText={setText} disabled={!isReady} />
        <SendButton isRunning={isRunning} canSend={canSend} onStop={onStop} />
      </div>
    </form>
  );
});
