import { MonitorDown } from 'lucide-react';
import { takeInstallOffer, useInstallOffer } from '#web/lib/use-install-offer.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { Button } from '#web/ui/button.tsx';
import { Card, CardHeader } from '#web/ui/card.tsx';

/** Makes an app of the page on this device; absent where the browser does not, and in the app itself. */
export function InstallCard() {
  const { t } = useTranslation('accounts');
  const offer = useInstallOffer();
  if (offer === null) return null;
  return (
    <Card id="install">
      <CardHeader title={t('install.title')} description={t('install.text')} />
      {offer === 'press' ? (
        <Button
          icon={<MonitorDown aria-hidden />}
          onClick={() => void takeInstallOffer().catch(() => undefined)}
          className="justify-self-start"
        >
          {t('install.begin')}
        </Button>
      ) : (
        <p>{t('install.byHand')}</p>
      )}
    </Card>
  );
}
