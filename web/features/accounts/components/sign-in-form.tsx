import { useForm } from 'react-hook-form';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { type SessionState, SignInInput } from '#server/contract/account.ts';
import { isProblem } from '#web/lib/api-problem.ts';
import { formResolver } from '#web/lib/form-resolver.ts';
import { useSubmit } from '#web/lib/use-submit.ts';
import { Button } from '#web/ui/button.tsx';
import { Form } from '#web/ui/form.tsx';
import { Notice } from '#web/ui/notice.tsx';
import { TextField } from '#web/ui/text-field.tsx';
import { signIn } from '#web/features/accounts/api/sign-in.ts';

/** E-mail and password; hands over the new session. */
export function SignInForm({ onSignedIn }: { onSignedIn: (session: SessionState) => void }) {
  const { t } = useTranslation('accounts');
  const form = useForm({ resolver: formResolver(SignInInput), defaultValues: { email: '', password: '' } });
  const { submit, busy, error } = useSubmit(form, { send: signIn, onDone: onSignedIn });
  const refused = isProblem(error, 'unauthenticated');
  const { errors } = form.formState;

  return (
    <Form onSubmit={submit} error={refused ? null : error}>
      {refused && (
        <div role="alert">
          <Notice tone="danger" title={t('signIn.refused')}>
            {t('signIn.refusedAdvice')}
          </Notice>
        </div>
      )}
      <TextField
        label={t('field.email')}
        type="email"
        autoComplete="username"
        {...form.register('email')}
        error={errors.email?.message}
      />
      <TextField
        label={t('field.password')}
        type="password"
        autoComplete="current-password"
        {...form.register('password')}
        error={errors.password?.message}
      />
      <Button type="submit" variant="primary" busy={busy}>
        {t('signIn.submit')}
      </Button>
    </Form>
  );
}
