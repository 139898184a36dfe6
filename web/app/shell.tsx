import { Search } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { Link } from 'react-router';
import { paths } from '#web/app/paths.ts';
import { useConversationNews } from '#web/features/conversations/use-conversation-news.ts';
import { Logo } from '#web/ui/logo.tsx';
import { Kbd } from '#web/ui/kbd.tsx';
import { OfflineBanner } from '#web/ui/offline-banner.tsx';
import { BottomBar, SideNavigation } from './navigation.tsx';
import { commandKey } from './palette/command-key.ts';
import { usePalette } from './palette/use-palette.tsx';
import { PersonCorner } from './person-corner.tsx';

/** The frame of every page behind sign-in: a side bar on a wide screen, a bar below on a phone. */
export function Shell({ children }: { children: ReactNode }) {
  const { t } = useTranslation('app');
  const { openPalette, palette } = usePalette();
  useConversationNews();
  return (
    <div className="min-h-dvh [--bar:4rem] md:grid md:grid-cols-[15rem_minmax(0,1fr)] md:[--bar:0rem]">
      <a
        href="#content"
        className="fixed top-2 left-2 z-50 -translate-y-20 rounded-md bg-accent px-4 py-2 text-on-accent focus:translate-y-0"
      >
        {t('skip')}
      </a>
      <aside className="sticky top-0 hidden h-dvh flex-col gap-2 border-r border-line p-4 md:flex tall:gap-4">
        <Link to={paths.home()} className="flex items-center gap-3 rounded-md px-2 py-1 text-ink no-underline">
          <Logo className="size-9" />
          <span className="font-display text-xl tracking-tight">Atrium</span>
        </Link>
        <button
          type="button"
          aria-keyshortcuts="Control+K Meta+K"
          className="flex min-h-10 items-center gap-3 rounded-md border border-line bg-surface px-3 text-sm text-ink-soft hover:border-line-strong hover:text-ink"
          onClick={openPalette}
        >
          <Search aria-hidden className="size-[1.15rem] shrink-0" />
          {t('palette.open')}
          <span aria-hidden className="ml-auto flex gap-1">
            <Kbd>{commandKey}</Kbd>
            <Kbd>K</Kbd>
          </span>
        </button>
        <SideNavigation />
        <PersonCorner />
      </aside>
      {/* Only children are looked for: what looks among all that is within is matched anew at each change of any of it. */}
      <div className="flex min-w-0 flex-col pb-(--bar) has-[>main>[data-full-frame]]:h-dvh">
        <OfflineBanner />
        <main id="content" tabIndex={-1} className="min-w-0 flex-1 outline-none has-[>[data-full-frame]]:min-h-0">
          {children}
        </main>
      </div>
      <BottomBar onSearch={openPalette} />
      {palette}
    </div>
  );
}
