import { useEffect, useState } from 'react';
import { findComing } from '#web/lib/i18n/load-texts.ts';
import { currentLanguage } from '#web/lib/i18n/texts.ts';
import { lazyDialog } from '#web/ui/dialog.tsx';
import { isCommand } from './command-key.ts';

const Palette = lazyDialog(async () => (await withTexts(import('./palette-dialog.tsx'))).PaletteDialog);
const Shortcuts = lazyDialog(async () => (await withTexts(import('./shortcuts-dialog.tsx'))).ShortcutsDialog);

/** The first press finds the texts there as well. */
async function withTexts<Module>(coming: Promise<Module>): Promise<Module> {
  const [module] = await Promise.all([coming, findComing('palette', currentLanguage())]);
  return module;
}

const isTyping = (target: EventTarget | null) =>
  target instanceof Element && target.closest('input, textarea, select, [contenteditable]') !== null;

/** The command palette and the list of shortcuts, with the keys that open them. */
export function usePalette() {
  const [open, setOpen] = useState<'palette' | 'shortcuts' | null>(null);

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      const isPalette = isCommand(event) && event.key.toLowerCase() === 'k';
      const isHelp = event.key === '?' && !event.ctrlKey && !event.metaKey && !event.altKey && !isTyping(event.target);
      if (!isPalette && !isHelp) return;
      // A window that is open has the keyboard; only the palette's own key closes it again.
      const isCovered = document.querySelector('[role=dialog], [role=alertdialog]') !== null;
      if (isCovered && !(isPalette && open === 'palette')) return;
      event.preventDefault();
      if (isCovered) setOpen(null);
      else setOpen(isPalette ? 'palette' : 'shortcuts');
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [open]);

  return {
    openPalette: () => setOpen('palette'),
    palette: (
      <>
        <Palette
          open={open === 'palette'}
          onOpenChange={(isOpen) => setOpen(isOpen ? 'palette' : null)}
          onShortcuts={() => setOpen('shortcuts')}
        />
        <Shortcuts open={open === 'shortcuts'} onOpenChange={(isOpen) => setOpen(isOpen ? 'shortcuts' : null)} />
      </>
    ),
  };
}
