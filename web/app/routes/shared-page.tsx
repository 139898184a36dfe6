import { useParams } from 'react-router';
import { SharedConversation } from '#web/features/shares/components/shared-conversation.tsx';
import { LanguageSwitch } from '#web/ui/language-switch.tsx';
import { Logo } from '#web/ui/logo.tsx';
import { ThemeSwitch } from '#web/ui/theme-switch.tsx';

/** What everybody with the link of a share sees, signed in or not. */
export function Page() {
  const { share = '' } = useParams();
  return (
    <div className="mx-auto flex min-h-dvh w-full max-w-3xl min-w-0 flex-col px-4 py-6">
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
        <SharedConversation share={share} />
      </main>
    </div>
  );
}
