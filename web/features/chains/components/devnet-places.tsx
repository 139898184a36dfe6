import { useState } from 'react';
import type { DevnetAccount, DevnetContract } from '#server/contract/devnet.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { Badge } from '#web/ui/badge.tsx';
import { CopyButton } from '#web/ui/copy-button.tsx';

type DevnetPlacesProps = { title: string; places: readonly (DevnetAccount | DevnetContract)[] };

/** Addresses of the devnet by what they are called; a long list, drawn when it is opened. */
export function DevnetPlaces({ title, places }: DevnetPlacesProps) {
  const { t } = useTranslation('chains');
  const [isOpen, setOpen] = useState(false);
  if (places.length === 0) return null;
  return (
    <details className="text-sm" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="cursor-pointer font-medium">{title}</summary>
      {isOpen && (
        <ul className="mt-3 divide-y divide-line" aria-label={title}>
          {places.map((place) => (
            <li key={place.address} className="flex items-center gap-3 py-2">
              <div className="grid min-w-0 flex-1 gap-0.5 sm:grid-cols-[14rem_1fr] sm:items-center sm:gap-4">
                <span className="flex flex-wrap items-center gap-2">
                  {place.label}
                  <Mark place={place} />
                </span>
                <code className="text-xs break-all text-ink-soft">{place.address}</code>
              </div>
              <CopyButton text={place.address} label={t('devnet.copy', { what: place.label })} size="small" iconOnly />
            </li>
          ))}
        </ul>
      )}
    </details>
  );
}

function Mark({ place }: { place: DevnetAccount | DevnetContract }) {
  const { t } = useTranslation('chains');
  if ('kind' in place && place.kind !== 'hostile') return <Badge>{t(`devnet.kind.${place.kind}`)}</Badge>;
  if ('kind' in place || place.isHostile) return <Badge tone="danger">{t('devnet.kind.hostile')}</Badge>;
  return <Badge tone="chain">{place.contract}</Badge>;
}
