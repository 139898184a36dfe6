import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { classNames } from '#web/lib/class-names.ts';
import type { SlashCommand } from '#web/features/conversations/use-slash-commands.ts';

type SlashMenuProps = { id: string; commands: SlashCommand[]; active: number; onPick: (command: SlashCommand) => void };

/** What a slash at the beginning of a message offers; the keys belong to the composer, which keeps the focus. */
export function SlashMenu({ id, commands, active, onPick }: SlashMenuProps) {
  const { t } = useTranslation('conversations');
  return (
    <ul
      id={id}
      role="listbox"
      aria-label={t('composer.commands')}
      className="max-h-60 overflow-y-auto border-b border-line pb-2"
    >
      {commands.map((command, place) => (
        <li
          key={`${command.name} ${command.words}`}
          id={`${id}-${place}`}
          role="option"
          aria-selected={place === active}
          onPointerDown={(event) => {
            event.preventDefault();
            onPick(command);
          }}
          className={classNames(
            'flex min-h-10 cursor-pointer items-center gap-3 rounded-sm px-2.5 text-sm',
            place === active ? 'bg-sunken' : 'hover:bg-sunken',
          )}
        >
          {command.name !== '' && <span className="font-mono text-ink-soft">/{command.name}</span>}
          <span className="min-w-0 truncate">{command.words}</span>
        </li>
      ))}
    </ul>
  );
}
