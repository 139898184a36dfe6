import { LockKeyhole } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { Person } from '#server/contract/account.ts';
import { Button } from '#web/ui/button.tsx';
import { Card, CardHeader } from '#web/ui/card.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { SkeletonList } from '#web/ui/skeleton.tsx';

const PasswordForm = lazy(async () => ({ default: (await import('./password-form.tsx')).PasswordForm }));

/** The way to another password. */
export function PasswordCard({ person }: { person: Person }) {
  const { t } = useTranslation('accounts');
  const [isOpen, setIsOpen] = useState(false);
  return (
    <Card id="password">
      <CardHeader
        title={t('field.password')}
        description={t('password.text')}
        actions={
          <Button icon={<LockKeyhole aria-hidden />} onClick={() => setIsOpen(true)}>
            {t('password.open')}
          </Button>
        }
      />
      <Dialog
        open={isOpen}
        onOpenChange={setIsOpen}
        title={t('password.title')}
        description={t('password.text')}
        size="small"
      >
        <Suspense fallback={<SkeletonList rows={3} />}>
          <PasswordForm person={person} onDone={() => setIsOpen(false)} />
        </Suspense>
      </Dialog>
    </Card>
  );
}
