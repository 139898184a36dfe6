import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import type { Person } from '#server/contract/account.ts';
import { CloseAccountInput } from '#server/contract/person-removal.ts';
import { closeAccount } from '#web/features/accounts/api/close-account.ts';
import { forgetPerson } from '#web/features/accounts/api/forget-person.ts';
import { personHoldingsQuery } from '#web/features/accounts/api/person-holdings.ts';
import { formResolver } from '#web/lib/form-resolver.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { useSubmit } from '#web/lib/use-submit.ts';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { ErrorPanel } from '#web/ui/error-panel.tsx';
import { Form } from '#web/ui/form.tsx';
import { SkeletonList } from '#web/ui/skeleton.tsx';
import { TextField } from '#web/ui/text-field.tsx';
import { HoldingsSummary } from './holdings-summary.tsx';

type CloseAccountDialogProps = { open: boolean; person: Person; onClose: () => void };

/** Says what goes, and asks for the password before it does; the e-mail address is there for password managers. */
export function CloseAccountDialog({ open, person, onClose }: CloseAccountDialogProps) {
  const { t } = useTranslation('accounts');
  const cache = useQueryClient();
  const holdings = useQuery({ ...personHoldingsQuery(null), enabled: open });
  const form = useForm({ resolver: formResolver(CloseAccountInput), defaultValues: { password: '' } });
  const { submit, busy, error } = useSubmit(form, { send: closeAccount, onDone: () => forgetPerson(cache) });
  const { password } = form.formState.errors;
  return (
    <Dialog open={open} onOpenChange={onClose} title={t('closing.open')} description={t('closing.text')}>
      <Form onSubmit={submit} error={error}>
        <input type="email" autoComplete="username" readOnly hidden value={person.email} />
        {holdings.error !== null && <ErrorPanel error={holdings.error} onRetry={() => void holdings.refetch()} />}
        {holdings.isPending && <SkeletonList rows={3} />}
        {holdings.data && <HoldingsSummary holdings={holdings.data} sharedTitle={t('closing.shared')} />}
        <TextField
          label={t('password.current')}
          type="password"
          autoComplete="current-password"
          {...form.register('password')}
          error={password?.type === 'server' ? t('password.wrong') : password?.message}
        />
        <Button
          type="submit"
          variant="danger"
          busy={busy}
          disabled={holdings.data === undefined}
          className="justify-self-end"
        >
          {t('closing.submit')}
        </Button>
      </Form>
    </Dialog>
  );
}
