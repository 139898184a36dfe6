import { useQueryClient } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { ChangePasswordInput, type Person } from '#server/contract/account.ts';
import { changePassword } from '#web/features/accounts/api/change-password.ts';
import { signedInBrowsersQuery } from '#web/features/accounts/api/signed-in-browsers.ts';
import { formResolver } from '#web/lib/form-resolver.ts';
import { useSubmit } from '#web/lib/use-submit.ts';
import { Button } from '#web/ui/button.tsx';
import { Form } from '#web/ui/form.tsx';
import { TextField } from '#web/ui/text-field.tsx';
import { showToast } from '#web/ui/toast-store.ts';

/** The current password and the new one; the e-mail address is there for password managers. */
export function PasswordForm({ person, onDone }: { person: Person; onDone: () => void }) {
  const { t } = useTranslation('accounts');
  const cache = useQueryClient();
  const form = useForm({
    resolver: formResolver(ChangePasswordInput),
    defaultValues: { currentPassword: '', newPassword: '' },
  });
  const { submit, busy, error } = useSubmit(form, {
    send: changePassword,
    onDone: () => {
      showToast({ title: t('password.done'), tone: 'success' });
      void cache.invalidateQueries(signedInBrowsersQuery);
      onDone();
    },
  });
  const { currentPassword, newPassword } = form.formState.errors;
  return (
    <Form onSubmit={submit} error={error}>
      <input type="email" autoComplete="username" readOnly hidden value={person.email} />
      <TextField
        label={t('password.current')}
        type="password"
        autoComplete="current-password"
        {...form.register('currentPassword')}
        error={currentPassword?.type === 'server' ? t('password.wrong') : currentPassword?.message}
      />
      <TextField
        label={t('password.new')}
        hint={t('field.passwordHint')}
        type="password"
        autoComplete="new-password"
        {...form.register('newPassword')}
        error={newPassword?.message}
      />
      <Button type="submit" variant="primary" busy={busy} className="justify-self-end">
        {t('password.submit')}
      </Button>
    </Form>
  );
}
