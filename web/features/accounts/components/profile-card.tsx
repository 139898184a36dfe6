import { LogOut, Pencil } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { Person } from '#server/contract/account.ts';
import { useFormat } from '#web/lib/format.ts';
import { Badge } from '#web/ui/badge.tsx';
import { Button } from '#web/ui/button.tsx';
import { Card } from '#web/ui/card.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { IconButton } from '#web/ui/icon-button.tsx';
import { SkeletonList } from '#web/ui/skeleton.tsx';
import { PersonAvatar } from './person-avatar.tsx';

const NameForm = lazy(async () => ({ default: (await import('./name-form.tsx')).NameForm }));

/** Who one is on this hub, and the way out. */
export function ProfileCard({ person, onSignOut }: { person: Person; onSignOut: () => void }) {
  const { t } = useTranslation('accounts');
  const format = useFormat();
  const [isRenaming, setIsRenaming] = useState(false);
  return (
    <Card id="profile" className="flex flex-wrap items-center gap-5">
      <PersonAvatar person={person} size="lg" />
      <div className="grid min-w-0 flex-1 basis-52 gap-1">
        <h2 className="flex flex-wrap items-center gap-x-3 gap-y-1 text-lg font-semibold">
          <span className="flex items-center">
            {person.name}
            <IconButton label={t('name.open')} icon={<Pencil />} size="small" onClick={() => setIsRenaming(true)} />
          </span>
          <Badge tone="accent">{t(`role.${person.role}`)}</Badge>
        </h2>
        <p className="truncate text-ink-soft">{person.email}</p>
        <p className="text-sm text-ink-faint">{t('profile.since', { date: format.date(person.createdAt) })}</p>
      </div>
      <Button icon={<LogOut aria-hidden />} onClick={onSignOut}>
        {t('signOut')}
      </Button>
      <Dialog open={isRenaming} onOpenChange={setIsRenaming} title={t('name.open')} size="small">
        <Suspense fallback={<SkeletonList rows={1} />}>
          <NameForm person={person} onDone={() => setIsRenaming(false)} />
        </Suspense>
      </Dialog>
    </Card>
  );
}
