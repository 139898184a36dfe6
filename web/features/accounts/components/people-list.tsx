import { useQueryClient } from '@tanstack/react-query';
import { LockKeyhole, UserX } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { type Person, Role } from '#server/contract/account.ts';
import { useFormat } from '#web/lib/format.ts';
import { showProblemToast } from '#web/ui/problem-toast.ts';
import { Badge } from '#web/ui/badge.tsx';
import { Card, CardHeader } from '#web/ui/card.tsx';
import { type Column, DataTable } from '#web/ui/data-table.tsx';
import { lazyDialog } from '#web/ui/dialog.tsx';
import { IconButton } from '#web/ui/icon-button.tsx';
import { ListStates } from '#web/ui/list-states.tsx';
import { LoadMore } from '#web/ui/load-more.tsx';
import { SelectField } from '#web/ui/select-field.tsx';
import { showToast } from '#web/ui/toast-store.ts';
import { peopleKey, usePeople } from '#web/features/accounts/api/list-people.ts';
import { updatePerson } from '#web/features/accounts/api/update-person.ts';
import { PersonAvatar } from './person-avatar.tsx';
import { ResetDialog } from './reset-dialog.tsx';

const RemovePersonDialog = lazyDialog(async () => (await import('./remove-person-dialog.tsx')).RemovePersonDialog);

type PeopleListProps = {
  self: Person;
  /** Where a new password is set. */
  toResetAddress: (token: string) => string;
  /** What else can be done about a person. */
  renderActions?: (person: Person) => ReactNode;
};

/** The hub's people and their roles; one's own role is not changed here. */
export function PeopleList({ self, toResetAddress, renderActions }: PeopleListProps) {
  const { t } = useTranslation('accounts');
  const format = useFormat();
  const cache = useQueryClient();
  const people = usePeople();
  const [removing, setRemoving] = useState<Person | null>(null);
  const [resetting, setResetting] = useState<Person | null>(null);

  const changeRole = async (person: Person, role: Role) => {
    try {
      await updatePerson(person.id, { role });
      showToast({
        title: t('people.roleChanged', { name: person.name, role: t(`role.${role}`) }),
        tone: 'success',
        action: { label: t('common:action.undo'), onAction: () => void changeRole({ ...person, role }, person.role) },
      });
    } catch (error) {
      showProblemToast(error);
    }
    await cache.invalidateQueries({ queryKey: peopleKey });
  };

  const columns: Column<Person>[] = [
    {
      key: 'person',
      header: t('people.person'),
      isRowHeader: true,
      cell: (person) => (
        <span className="flex items-center gap-3">
          <PersonAvatar person={person} />
          <span className="grid min-w-0">
            <span className="flex flex-wrap items-center gap-2">
              {person.name}
              {person.id === self.id && <Badge tone="accent">{t('people.you')}</Badge>}
            </span>
            <span className="truncate font-normal text-ink-faint">{person.email}</span>
          </span>
        </span>
      ),
    },
    { key: 'since', header: t('people.since'), cell: (person) => format.date(person.createdAt) },
    {
      key: 'role',
      header: t('field.role'),
      cell: (person) =>
        person.id === self.id ? (
          t(`role.${person.role}`)
        ) : (
          <SelectField
            className="md:w-44"
            label={t('people.roleOf', { name: person.name })}
            hideLabel
            value={person.role}
            options={Role.options.map((role) => ({ value: role, label: t(`role.${role}`) }))}
            onChange={(event) => void changeRole(person, Role.parse(event.target.value))}
          />
        ),
    },
    {
      key: 'actions',
      header: t('common:action.more'),
      hideHeader: true,
      align: 'end',
      cell: (person) => (
        <span className="inline-flex gap-1">
          {renderActions?.(person)}
          {person.id !== self.id && (
            <>
              <IconButton
                size="small"
                label={t('reset.open', { name: person.name })}
                icon={<LockKeyhole />}
                onClick={() => setResetting(person)}
              />
              <IconButton
                size="small"
                label={t('removal.open', { name: person.name })}
                icon={<UserX />}
                onClick={() => setRemoving(person)}
              />
            </>
          )}
        </span>
      ),
    },
  ];

  return (
    <Card>
      <CardHeader title={t('people.title')} description={t('people.roles')} />
      <ListStates items={people.items} error={people.error} onRetry={people.retry} empty={null}>
        {(items) => (
          <DataTable caption={t('people.title')} columns={columns} rows={items} rowKey={(person) => person.id} />
        )}
      </ListStates>
      <LoadMore {...people.more} />
      {resetting && <ResetDialog person={resetting} onClose={() => setResetting(null)} toAddress={toResetAddress} />}
      {removing && (
        <RemovePersonDialog
          key={removing.id}
          open
          person={removing}
          heirs={[self, ...(people.items ?? []).filter(({ id, role }) => id !== self.id && role !== 'member')].filter(
            ({ id }) => id !== removing.id,
          )}
          onClose={() => setRemoving(null)}
        />
      )}
    </Card>
  );
}
