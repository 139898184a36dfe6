import { Heart, X } from 'lucide-react';
import { type ReactNode, useEffect, useEffectEvent, useState } from 'react';
import { useLocation } from 'react-router';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { HubSort } from '#server/contract/hub.ts';
import type { HubFilter } from '#web/features/hub/api/hub-requests.ts';
import { classNames } from '#web/lib/class-names.ts';
import { Button } from '#web/ui/button.tsx';
import { SelectField } from '#web/ui/select-field.tsx';
import { TextField } from '#web/ui/text-field.tsx';

const pauseMs = 250;

type FilterBarProps = {
  filter: HubFilter;
  onChange: (changes: Partial<HubFilter>) => void;
  categories: { value: string; label: string }[];
};

/** Words, categories and an order for the list below. */
export function FilterBar({ filter, onChange, categories }: FilterBarProps) {
  const { t } = useTranslation('hub');
  const chips = [{ value: null, label: t('filter.everything') }, ...categories];
  return (
    <div className="grid min-w-0 gap-4">
      <div className="grid grid-cols-[minmax(0,1fr)_9.5rem] items-end gap-3 sm:grid-cols-[minmax(0,1fr)_12rem]">
        <SearchField search={filter.search} onSearch={(search) => onChange({ search, onlyFavourites: false })} />
        <SelectField
          label={t('filter.sort')}
          value={filter.sort ?? ''}
          onChange={(event) =>
            onChange({ sort: HubSort.safeParse(event.target.value).data ?? null, onlyFavourites: false })
          }
          options={[
            { value: '', label: t(filter.search === '' ? 'sort.default' : 'sort.match') },
            ...HubSort.options.map((value) => ({ value, label: t(`sort.${value}`) })),
          ]}
        />
      </div>
      <div role="group" aria-label={t('filter.categories')} className="flex flex-wrap gap-2">
        {chips.map(({ value, label }) => (
          <Chip
            key={value ?? ''}
            isOn={!filter.onlyFavourites && filter.category === value}
            onPress={() => onChange({ category: value, onlyFavourites: false })}
          >
            {label}
          </Chip>
        ))}
        <Chip isOn={filter.onlyFavourites} onPress={() => onChange({ onlyFavourites: !filter.onlyFavourites })}>
          <Heart aria-hidden className="size-4" />
          {t('filter.favourites')}
        </Chip>
        {filter.tag !== null && (
          <Button size="small" icon={<X aria-hidden />} onClick={() => onChange({ tag: null })}>
            {t('filter.tag', { tag: filter.tag })}
          </Button>
        )}
      </div>
    </div>
  );
}

/** Asks once the person pauses. */
function SearchField({ search, onSearch }: { search: string; onSearch: (search: string) => void }) {
  const { t } = useTranslation('hub');
  const [typed, setTyped] = useState(search);
  const [sent, setSent] = useState(search);
  const [known, setKnown] = useState(search);
  if (search !== known) {
    setKnown(search);
    // Somebody else changed it: the way back, or what shows everything again.
    if (search !== sent) {
      setTyped(search);
      setSent(search);
    }
  }
  const { pathname } = useLocation();
  const send = useEffectEvent((words: string) => {
    // The address of the next page is there before its code: whoever has left is not brought back.
    if (window.location.pathname !== pathname) return;
    setSent(words);
    onSearch(words);
  });
  useEffect(() => {
    const words = typed.trim();
    if (words === search) return;
    const timer = setTimeout(() => send(words), pauseMs);
    return () => clearTimeout(timer);
  }, [typed, search]);
  return (
    <TextField
      type="search"
      label={t('filter.search')}
      value={typed}
      maxLength={200}
      onChange={(event) => setTyped(event.target.value)}
    />
  );
}

function Chip({ isOn, onPress, children }: { isOn: boolean; onPress: () => void; children: ReactNode }) {
  return (
    <button
      type="button"
      aria-pressed={isOn}
      onClick={onPress}
      className={classNames(
        'inline-flex min-h-9 items-center gap-1.5 rounded-full border px-4 text-sm font-medium',
        isOn
          ? 'border-accent bg-accent text-on-accent'
          : 'border-line-strong bg-surface text-ink-soft hover:border-accent hover:text-ink',
      )}
    >
      {children}
    </button>
  );
}
