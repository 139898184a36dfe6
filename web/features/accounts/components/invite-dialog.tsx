import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { type CreatedInvitation, CreateInvitationInput, Role } from '#server/contract/account.ts';
import { formResolver } from '#web/lib/form-resolver.ts';
import { useSubmit } from '#web/lib/use-submit.ts';
import { Button } from '#web/ui/button.tsx';
import { CodeBlock } from '#web/ui/code-block.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { Form } from '#web/ui/form.tsx';
import { SelectField } from '#web/ui/select-field.tsx';
import { TextField } from '#web/ui/text-field.tsx';
import { createInvitation } from '#web/features/accounts/api/create-invitation.ts';

type InviteDialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onCreated: () => unknown;
  /** Where an invitation is accepted. */
  toAddress: (token: string) => string;
};

/** Makes an invitation and shows its link, once. */
export function InviteDialog({ open, onOpenChange, onCreated, toAddress }: InviteDialogProps) {
  const { t } = useTranslation('accounts');
  const [created, setCreated] = useState<CreatedInvitation | null>(null);
  const change = (next: boolean) => {
    if (!next) setCreated(null);
    onOpenChange(next);
  };
  const onDone = (invitation: CreatedInvitation) => {
    setCreated(invitation);
    onCreated();
  };
  return (
    <Dialog
      open={open}
      onOpenChange={change}
      title={created ? t('invite.readyTitle') : t('invite.title')}
      description={created ? t('invite.readyText', { email: created.email }) : t('invite.text')}
      sticky={created !== null}
    >
      {created ? (
        <CodeBlock label={t('invite.link')} code={window.location.origin + toAddress(created.token)} wrap />
      ) : (
        <InviteForm onDone={onDone} />
      )}
    </Dialog>
  );
}

function InviteForm({ onDone }: { onDone: (invitation: CreatedInvitation) => void }) {
  const { t } = useTranslation('accounts');
  const form = useForm({
    resolver: formResolver(CreateInvitationInput),
    defaultValues: { email: '', role: 'creator' as Role },
  });
  const { submit, busy, error } = useSubmit(form, { send: createInvitation, onDone });
  const { errors } = form.formState;
  return (
    <Form onSubmit={submit} error={error}>
      <TextField label={t('field.email')} type="email" {...form.register('email')} error={errors.email?.message} />
      <SelectField
        label={t('field.role')}
        hint={t('people.roles')}
        options={Role.options.map((role) => ({ value: role, label: t(`role.${role}`) }))}
        {...form.register('role')}
        error={errors.role?.message}
      />
      <Button type="submit" variant="primary" busy={busy} className="justify-self-end">
        {t('invite.submit')}
      </Button>
    </Form>
  );
}
