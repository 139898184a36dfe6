import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { Dialog } from '#web/ui/dialog.tsx';
import { Kbd } from '#web/ui/kbd.tsx';
import { commandKey } from './command-key.ts';

const shortcuts: [name: string, keys: string[]][] = [
  ['palette', [commandKey, 'K']],
  ['shortcuts', ['?']],
  ['send', ['Enter']],
  ['newLine', ['Shift', 'Enter']],
  ['undo', [commandKey, 'Z']],
  ['redo', [commandKey, 'Shift', 'Z']],
  ['close', ['Esc']],
];

/** The keys that the page knows. */
export function ShortcutsDialog({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const { t } = useTranslation('palette');
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={t('shortcuts')} size="small">
      <dl className="grid divide-y divide-line">
        {shortcuts.map(([name, keys]) => (
          <div key={name} className="flex items-center justify-between gap-4 py-2.5">
            <dt className="text-sm">{t(`shortcut.${name}`)}</dt>
            <dd className="flex shrink-0 gap-1">
              {keys.map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
