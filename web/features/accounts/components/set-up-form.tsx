import { useForm } from 'react-hook-form';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { type SessionState, SetUpInput } from '#server/contract/account.ts';
import { formResolver } from '#web/lib/form-resolver.ts';
import { useSubmit } from '#web/lib/use-submit.ts';
import { Button } from '#web/ui/button.tsx';
import { Form } from '#web/ui/form.tsx';
import { TextField } from '#web/ui/text-field.tsx';
import { setUp } from '#web/features/accounts/api/set-up.ts';

type SetUpFormProps = { token: string; onDone: (session: SessionState) => void };

/** Makes the hub's first administrator; asks for the token only when the link did not bring it. */
export function SetUpForm({ token, onDone }: SetUpFormProps) {
  const { t } = useTranslation('accounts');
  const form = useForm({
    resolver: formResolver(SetUpInput),
    defaultValues: { token, name: '', email: '', password: '' },
  });
  const { submit, busy, error } = useSubmit(form, { send: setUp, onDone });
  const { errors } = form.formState;

  return (
    <Form onSubmit={submit} error={error}>
      {(token === '' || errors.token) && (
        <TextField
          label={t('field.token')}
          hint={t('setUp.tokenHint')}
          autoComplete="off"
          {...form.register('token')}
          error={errors.token?.message}
        />
      )}
      <TextField label={t('field.name')} autoComplete="name" {...form.register('name')} error={errors.name?.message} />
      <TextField
        label={t('field.email')}
        type="email"
        autoComplete="username"
        {...form.register('email')}
        error={errors.email?.message}
      />
      <TextField
        label={t('field.password')}
        hint={t('field.passwordHint')}
        type="password"
        autoComplete="new-password"
        {...form.register('password')}
        error={errors.password?.message}
      />
      <Button type="submit" variant="primary" busy={busy}>
        {t('setUp.submit')}
      </Button>
    </Form>
  );
}
