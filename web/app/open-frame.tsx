import type { ReactNode } from 'react';
import { classNames } from '#web/lib/class-names.ts';
import { LanguageSwitch } from '#web/ui/language-switch.tsx';
import { Logo } from '#web/ui/logo.tsx';
import { ThemeSwitch } from '#web/ui/theme-switch.tsx';

/** The frame of what everybody with a link sees: found by no search engine, and told to no other site. */
export function OpenFrame({ wide = false, children }: { wide?: boolean; children: ReactNode }) {
  return (
    <div
      className={classNames(
        'mx-auto flex min-h-dvh w-full min-w-0 flex-col px-4 py-6',
        wide ? 'max-w-7xl' : 'max-w-3xl',
      )}
    >
      <meta name="robots" content="noindex, nofollow" />
      <meta name="referrer" content="no-referrer" />
      <header className="mb-6 flex flex-wrap items-center justify-between gap-3">
        <span className="flex items-center gap-3">
          <Logo className="size-8" />
          <span className="font-display text-lg tracking-tight">Atrium</span>
        </span>
        <span className="flex flex-wrap gap-2">
          <LanguageSwitch />
          <ThemeSwitch showLabels={false} />
        </span>
      </header>
      <main id="content" className="min-w-0 flex-1">
        {children}
      </main>
    </div>
  );
}
