import { useQueryClient } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { type Person, type SessionState, UpdateProfileInput } from '#server/contract/account.ts';
import { sessionQuery } from '#web/features/accounts/api/session.ts';
import { updateProfile } from '#web/features/accounts/api/update-profile.ts';
import { formResolver } from '#web/lib/form-resolver.ts';
import { useSubmit } from '#web/lib/use-submit.ts';
import { Button } from '#web/ui/button.tsx';
import { Form } from '#web/ui/form.tsx';
import { TextField } from '#web/ui/text-field.tsx';

/** Changes the name under which others see a person. */
export function NameForm({ person, onDone }: { person: Person; onDone: () => void }) {
  const { t } = useTranslation('accounts');
  const cache = useQueryClient();
  const form = useForm({ resolver: formResolver(UpdateProfileInput), defaultValues: { name: person.name } });
  const { submit, busy, error } = useSubmit(form, {
    send: updateProfile,
    onDone: (changed) => {
      cache.setQueryData<SessionState>(sessionQuery.queryKey, (session) => session && { ...session, person: changed });
      onDone();
    },
  });
  return (
    <Form onSubmit={submit} error={error}>
      <TextField
        label={t('field.name')}
        hint={t('name.hint')}
        autoComplete="name"
        {...form.register('name')}
        error={form.formState.errors.name?.message}
      />
      <Button type="submit" variant="primary" busy={busy} className="justify-self-end">
        {t('common:action.save')}
      </Button>
    </Form>
  );
}
