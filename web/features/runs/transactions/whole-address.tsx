import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { CopyButton } from '#web/ui/copy-button.tsx';

const ends = 6;

/** An address with all of its characters, in which the ends that people compare stand out; it can be copied. */
export function WholeAddress({ address, href, label }: { address: string; href: string | null; label?: string }) {
  const { t } = useTranslation('transactions');
  const text = (
    <span className="font-mono text-xs break-all">
      <b>{address.slice(0, ends)}</b>
      {address.slice(ends, -ends)}
      <b>{address.slice(-ends)}</b>
    </span>
  );
  return (
    <span className="grid min-w-0 gap-0.5">
      {label !== undefined && <span className="text-xs text-ink-soft">{label}</span>}
      <span className="flex min-w-0 items-center gap-1">
        {href === null ? (
          text
        ) : (
          <a href={href} target="_blank" rel="noopener noreferrer nofollow" className="text-link min-w-0">
            {text}
          </a>
        )}
        <CopyButton text={address} label={t('copyAddress', { address })} variant="quiet" size="small" iconOnly />
      </span>
    </span>
  );
}
