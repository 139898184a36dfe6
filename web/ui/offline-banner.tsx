import { WifiOff } from 'lucide-react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { useOnline } from '#web/lib/use-online.ts';

/** A line at the top while the device has no network. */
export function OfflineBanner() {
  const { t } = useTranslation('common');
  const online = useOnline();
  return (
    <div role="status">
      {!online && (
        <p className="flex items-center justify-center gap-2 bg-warning-soft px-4 py-2 text-sm text-warning">
          <WifiOff aria-hidden className="size-4 shrink-0" />
          {t('offline')}
        </p>
      )}
    </div>
  );
}
