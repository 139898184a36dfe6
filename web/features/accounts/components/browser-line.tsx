import type { Translate } from '#web/lib/i18n/texts.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { SignedInBrowser } from '#server/contract/account.ts';
import { toBrowserName } from '#web/features/accounts/to-browser-name.ts';
import { useFormat } from '#web/lib/format.ts';
import { Badge } from '#web/ui/badge.tsx';
import { Button } from '#web/ui/button.tsx';

type BrowserLineProps = { browser: SignedInBrowser; busy: boolean; onEnd: () => void };

/** One browser: what it is, where it was last seen, and its end. */
export function BrowserLine({ browser, busy, onEnd }: BrowserLineProps) {
  const { t } = useTranslation('accounts');
  const format = useFormat();
  const name = toName(browser.userAgent, t);
  const facts = [
    browser.address,
    t('browsers.since', { date: format.dateTime(browser.createdAt) }),
    t('browsers.seen', { date: format.date(browser.seenAt) }),
  ];
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 py-3 first:pt-0 last:pb-0">
      <div className="grid min-w-0 flex-1 basis-56">
        <span className="flex flex-wrap items-center gap-2 font-medium">
          {name}
          {browser.isCurrent && <Badge tone="accent">{t('browsers.current')}</Badge>}
        </span>
        <span className="text-sm text-ink-faint">{facts.filter(Boolean).join(' · ')}</span>
      </div>
      {!browser.isCurrent && (
        <Button size="small" busy={busy} aria-label={t('browsers.endOne', { name })} onClick={onEnd}>
          {t('signOut')}
        </Button>
      )}
    </li>
  );
}

function toName(userAgent: string | null, t: Translate): string {
  const { browser, system } = toBrowserName(userAgent ?? '');
  if (browser !== null && system !== null) return t('browsers.on', { browser, system });
  return browser ?? system ?? t('browsers.unknown');
}
