import { useQuery } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { type PasswordReset, ResetPasswordInput, type SessionState } from '#server/contract/account.ts';
import { openPasswordResetQuery } from '#web/features/accounts/api/open-password-reset.ts';
import { resetPassword } from '#web/features/accounts/api/reset-password.ts';
import { formResolver } from '#web/lib/form-resolver.ts';
import { useSubmit } from '#web/lib/use-submit.ts';
import { Button } from '#web/ui/button.tsx';
import { ErrorPanel } from '#web/ui/error-panel.tsx';
import { Form } from '#web/ui/form.tsx';
import { SkeletonList } from '#web/ui/skeleton.tsx';
import { TextField } from '#web/ui/text-field.tsx';

type ResetPasswordProps = { token: string; onDone: (session: SessionState) => void };

/** Says whose link it is, and sets the new password. */
export function ResetPassword({ token, onDone }: ResetPasswordProps) {
  const { data: reset, error, refetch } = useQuery(openPasswordResetQuery(token));
  if (reset) return <ResetPasswordForm token={token} reset={reset} onDone={onDone} />;
  return error ? <ErrorPanel error={error} onRetry={refetch} /> : <SkeletonList rows={2} />;
}

function ResetPasswordForm({ token, reset, onDone }: ResetPasswordProps & { reset: PasswordReset }) {
  const { t } = useTranslation('accounts');
  const form = useForm({ resolver: formResolver(ResetPasswordInput), defaultValues: { token, password: '' } });
  const { submit, busy, error } = useSubmit(form, { send: resetPassword, onDone });
  return (
    <Form onSubmit={submit} error={error}>
      <TextField label={t('field.email')} type="email" autoComplete="username" readOnly value={reset.email} />
      <TextField
        label={t('password.new')}
        hint={t('field.passwordHint')}
        type="password"
        autoComplete="new-password"
        {...form.register('password')}
        error={form.formState.errors.password?.message}
      />
      <Button type="submit" variant="primary" busy={busy}>
        {t('newPassword.submit')}
      </Button>
    </Form>
  );
}
