import { UserX } from 'lucide-react';
import { useState } from 'react';
import type { Person } from '#server/contract/account.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { Button } from '#web/ui/button.tsx';
import { Card, CardHeader } from '#web/ui/card.tsx';
import { lazyDialog } from '#web/ui/dialog.tsx';

const CloseAccountDialog = lazyDialog(async () => (await import('./close-account-dialog.tsx')).CloseAccountDialog);

/** The way off the hub. */
export function CloseAccountCard({ person }: { person: Person }) {
  const { t } = useTranslation('accounts');
  const [isOpen, setIsOpen] = useState(false);
  return (
    <Card id="close-account">
      <CardHeader
        title={t('closing.title')}
        description={t('closing.text')}
        actions={
          <Button icon={<UserX aria-hidden />} onClick={() => setIsOpen(true)}>
            {t('closing.open')}
          </Button>
        }
      />
      {isOpen && <CloseAccountDialog open person={person} onClose={() => setIsOpen(false)} />}
    </Card>
  );
}
