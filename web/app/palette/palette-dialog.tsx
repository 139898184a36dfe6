import { type KeyboardEvent, useDeferredValue, useEffect, useId, useRef, useState } from 'react';
import { useSignedInPerson } from '#web/app/signed-in-person.ts';
import { classNames } from '#web/lib/class-names.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { Dialog } from '#web/ui/dialog.tsx';
import { Notice } from '#web/ui/notice.tsx';
import { type PaletteEntry, rankEntries } from './palette-entry.ts';
import { readRecent, rememberRecent } from './recent-entries.ts';
import { usePaletteEntries } from './use-palette-entries.ts';

export type PaletteDialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onShortcuts: () => void;
};

/** The command palette: what one types finds every page, agent, conversation and action. */
export function PaletteDialog({ open, onOpenChange, onShortcuts }: PaletteDialogProps) {
  const { t } = useTranslation('palette');
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={t('title')}>
      <PaletteBox onClose={() => onOpenChange(false)} onShortcuts={onShortcuts} />
    </Dialog>
  );
}

type PaletteBoxProps = { onClose: () => void; onShortcuts: () => void };

/** A field with a list under it, of which the keys move the choice while the focus stays (ARIA combobox). */
function PaletteBox({ onClose, onShortcuts }: PaletteBoxProps) {
  const { t } = useTranslation('palette');
  const { person } = useSignedInPerson();
  const listId = useId();
  const list = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const [query, setQuery] = useState('');
  const [chosen, setChosen] = useState(0);
  const [recent] = useState(() => readRecent(person.id));
  const { entries, isLoading, error } = usePaletteEntries(useDeferredValue(query.trim()).slice(0, 200), onShortcuts);
  const shown = rankEntries(entries, query, recent);
  const active = Math.min(chosen, shown.length - 1);

  useEffect(() => field.current?.focus(), []);
  useEffect(() => {
    list.current?.children[active]?.scrollIntoView({ block: 'nearest' });
  }, [active, query]);

  const choose = (entry: PaletteEntry) => {
    rememberRecent(person.id, entry.id);
    onClose();
    entry.choose();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // While a word is being composed, these keys belong to the input method.
    if (event.nativeEvent.isComposing || shown.length === 0) return;
    const entry = shown[active];
    if (event.key === 'ArrowDown') setChosen((active + 1) % shown.length);
    else if (event.key === 'ArrowUp') setChosen((active - 1 + shown.length) % shown.length);
    else if (event.key === 'PageDown') setChosen(Math.min(active + 8, shown.length - 1));
    else if (event.key === 'PageUp') setChosen(Math.max(active - 8, 0));
    else if (event.key === 'Enter' && entry) choose(entry);
    else return;
    event.preventDefault();
  };

  return (
    <div className="grid gap-3">
      <input
        ref={field}
        role="combobox"
        aria-label={t('label')}
        aria-expanded={shown.length > 0}
        aria-controls={listId}
        aria-autocomplete="list"
        {...(shown.length > 0 && { 'aria-activedescendant': `${listId}-${active}` })}
        autoComplete="off"
        spellCheck={false}
        className="control"
        placeholder={t('placeholder')}
        value={query}
        maxLength={200}
        onChange={({ target }) => {
          setQuery(target.value);
          setChosen(0);
        }}
        onKeyDown={onKeyDown}
      />
      {error && <Notice tone="warning">{t('incomplete')}</Notice>}
      <div
        ref={list}
        id={listId}
        role="listbox"
        aria-label={t('title')}
        className="grid h-[50dvh] content-start overflow-y-auto"
      >
        {shown.map((entry, index) => (
          <PaletteOption
            key={entry.id}
            id={`${listId}-${index}`}
            entry={entry}
            isActive={index === active}
            onPoint={() => setChosen(index)}
            onChoose={() => choose(entry)}
          />
        ))}
      </div>
      <p role="status" className={classNames('text-sm text-ink-soft', shown.length > 0 && 'sr-only')}>
        {isLoading ? t('common:loading') : t('count', { count: shown.length })}
      </p>
    </div>
  );
}

type PaletteOptionProps = {
  id: string;
  entry: PaletteEntry;
  isActive: boolean;
  onPoint: () => void;
  onChoose: () => void;
};

function PaletteOption({ id, entry, isActive, onPoint, onChoose }: PaletteOptionProps) {
  const { t } = useTranslation('palette');
  const { kind, label, hint, icon: Icon } = entry;
  return (
    <button
      type="button"
      tabIndex={-1}
      id={id}
      role="option"
      aria-selected={isActive}
      className={classNames(
        'flex min-h-11 w-full cursor-pointer items-center gap-3 rounded-md px-3 py-2 text-left text-sm',
        isActive && 'bg-accent-soft',
      )}
      onPointerMove={onPoint}
      onClick={onChoose}
    >
      <Icon aria-hidden className={classNames('size-4 shrink-0', isActive ? 'text-accent' : 'text-ink-faint')} />
      <span className="grid min-w-0 flex-1">
        <span className="truncate font-medium">{label}</span>
        {hint && <span className="truncate text-xs text-ink-soft">{hint}</span>}
      </span>
      <span className="shrink-0 text-xs text-ink-soft">{t(`kind.${kind}`)}</span>
    </button>
  );
}
