import type { ReactNode } from 'react';
import { useDocumentTitle } from '#web/lib/use-document-title.ts';
import { LanguageSwitch } from '#web/ui/language-switch.tsx';
import { Logo } from '#web/ui/logo.tsx';
import { ThemeSwitch } from '#web/ui/theme-switch.tsx';
import { Colonnade } from './colonnade.tsx';

/** The frame of the pages before sign-in: the courtyard at one side, the door at the other. */
export function Entrance({ title, text, children }: { title: string; text: string; children: ReactNode }) {
  useDocumentTitle(title);
  return (
    <div className="grid min-h-dvh lg:grid-cols-[minmax(0,1fr)_minmax(0,1fr)]">
      <div className="relative hidden overflow-hidden border-r border-line bg-sunken lg:block">
        <Colonnade />
      </div>
      <div className="flex min-w-0 flex-col px-5 py-6 sm:px-10">
        <header className="flex items-center gap-3">
          <Logo className="size-9" />
          <span className="font-display text-xl tracking-tight">Atrium</span>
        </header>
        <main className="m-auto grid w-full max-w-md gap-8 py-10">
          <div className="grid gap-2">
            <h1 className="font-display text-2xl tracking-tight">{title}</h1>
            <p className="text-ink-soft">{text}</p>
          </div>
          {children}
        </main>
        <footer className="flex flex-wrap justify-center gap-3">
          <LanguageSwitch />
          <ThemeSwitch showLabels={false} />
        </footer>
      </div>
    </div>
  );
}
