import { useQueryClient } from '@tanstack/react-query';
import { MailPlus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { Invitation } from '#server/contract/account.ts';
import { useFormat } from '#web/lib/format.ts';
import { Badge } from '#web/ui/badge.tsx';
import { Button } from '#web/ui/button.tsx';
import { Card, CardHeader } from '#web/ui/card.tsx';
import { ConfirmDialog } from '#web/ui/confirm-dialog.tsx';
import { type Column, DataTable } from '#web/ui/data-table.tsx';
import { lazyDialog } from '#web/ui/dialog.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { ListStates } from '#web/ui/list-states.tsx';
import { LoadMore } from '#web/ui/load-more.tsx';
import { deleteInvitation } from '#web/features/accounts/api/delete-invitation.ts';
import { invitationsKey, useInvitations } from '#web/features/accounts/api/list-invitations.ts';

const InviteDialog = lazyDialog(async () => (await import('./invite-dialog.tsx')).InviteDialog);

/** Open and used invitations, and the way to a new one. */
export function InvitationList({ toAddress }: { toAddress: (token: string) => string }) {
  const { t } = useTranslation('accounts');
  const format = useFormat();
  const cache = useQueryClient();
  const invitations = useInvitations();
  const [inviting, setInviting] = useState(false);
  const [withdrawing, setWithdrawing] = useState<Invitation | null>(null);
  const reload = () => cache.invalidateQueries({ queryKey: invitationsKey });

  const columns: Column<Invitation>[] = [
    { key: 'email', header: t('field.email'), isRowHeader: true, cell: ({ email }) => email },
    { key: 'role', header: t('field.role'), cell: ({ role }) => t(`role.${role}`) },
    { key: 'state', header: t('invitations.state'), cell: (invitation) => <InvitationState invitation={invitation} /> },
    { key: 'expires', header: t('invitations.expires'), cell: ({ expiresAt }) => format.date(expiresAt) },
    {
      key: 'actions',
      header: t('common:action.more'),
      hideHeader: true,
      align: 'end',
      cell: (invitation) =>
        invitation.acceptedAt === null && (
          <Button
            size="small"
            aria-label={t('invitations.withdrawFor', { email: invitation.email })}
            onClick={() => setWithdrawing(invitation)}
          >
            {t('invitations.withdraw')}
          </Button>
        ),
    },
  ];

  const invite = (
    <Button variant="primary" icon={<MailPlus aria-hidden />} onClick={() => setInviting(true)}>
      {t('invitations.invite')}
    </Button>
  );
  return (
    <Card id="invitations">
      <CardHeader title={t('invitations.title')} description={t('invitations.description')} actions={invite} />
      <ListStates
        items={invitations.items}
        error={invitations.error}
        onRetry={invitations.retry}
        empty={<EmptyState title={t('invitations.empty')}>{t('invitations.emptyAdvice')}</EmptyState>}
      >
        {(items) => (
          <DataTable caption={t('invitations.title')} columns={columns} rows={items} rowKey={({ id }) => id} />
        )}
      </ListStates>
      <LoadMore {...invitations.more} />
      <InviteDialog open={inviting} onOpenChange={setInviting} onCreated={reload} toAddress={toAddress} />
      <ConfirmDialog
        open={withdrawing !== null}
        onOpenChange={() => setWithdrawing(null)}
        title={t('invitations.withdrawTitle')}
        description={t('invitations.withdrawText', { email: withdrawing?.email ?? '' })}
        confirmLabel={t('invitations.withdraw')}
        onConfirm={async () => {
          if (withdrawing) await deleteInvitation(withdrawing.id);
          await reload();
        }}
      />
    </Card>
  );
}

function InvitationState({ invitation }: { invitation: Invitation }) {
  const { t } = useTranslation('accounts');
  if (invitation.acceptedAt !== null) return <Badge tone="success">{t('invitations.accepted')}</Badge>;
  if (Date.parse(invitation.expiresAt) < Date.now()) return <Badge tone="warning">{t('invitations.expired')}</Badge>;
  return <Badge tone="accent">{t('invitations.open')}</Badge>;
}
