import { useQuery } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { AcceptInvitationInput, type Invitation, type SessionState } from '#server/contract/account.ts';
import { formResolver } from '#web/lib/form-resolver.ts';
import { useFormat } from '#web/lib/format.ts';
import { useSubmit } from '#web/lib/use-submit.ts';
import { Button } from '#web/ui/button.tsx';
import { ErrorPanel } from '#web/ui/error-panel.tsx';
import { Form } from '#web/ui/form.tsx';
import { SkeletonList } from '#web/ui/skeleton.tsx';
import { TextField } from '#web/ui/text-field.tsx';
import { acceptInvitation } from '#web/features/accounts/api/accept-invitation.ts';
import { openInvitationQuery } from '#web/features/accounts/api/open-invitation.ts';

type AcceptInvitationProps = { token: string; onDone: (session: SessionState) => void };

/** Shows what an invitation offers, and takes it. */
export function AcceptInvitation({ token, onDone }: AcceptInvitationProps) {
  const { data: invitation, error, refetch } = useQuery(openInvitationQuery(token));
  if (invitation) return <AcceptInvitationForm token={token} invitation={invitation} onDone={onDone} />;
  return error ? <ErrorPanel error={error} onRetry={refetch} /> : <SkeletonList rows={3} />;
}

function AcceptInvitationForm({ token, invitation, onDone }: AcceptInvitationProps & { invitation: Invitation }) {
  const { t } = useTranslation('accounts');
  const format = useFormat();
  const form = useForm({
    resolver: formResolver(AcceptInvitationInput),
    defaultValues: { token, name: '', password: '' },
  });
  const { submit, busy, error } = useSubmit(form, { send: acceptInvitation, onDone });
  const { errors } = form.formState;

  return (
    <Form onSubmit={submit} error={error}>
      <p className="text-sm text-ink-soft">
        {t('accept.offer', {
          email: invitation.email,
          role: t(`role.${invitation.role}`),
          date: format.date(invitation.expiresAt),
        })}
      </p>
      <TextField label={t('field.email')} type="email" autoComplete="username" readOnly value={invitation.email} />
      <TextField label={t('field.name')} autoComplete="name" {...form.register('name')} error={errors.name?.message} />
      <TextField
        label={t('field.password')}
        hint={t('field.passwordHint')}
        type="password"
        autoComplete="new-password"
        {...form.register('password')}
        error={errors.password?.message}
      />
      <Button type="submit" variant="primary" busy={busy}>
        {t('accept.submit')}
      </Button>
    </Form>
  );
}
