import { useMutation } from '@tanstack/react-query';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { Person } from '#server/contract/account.ts';
import { createPasswordReset } from '#web/features/accounts/api/create-password-reset.ts';
import { useFormat } from '#web/lib/format.ts';
import { Button } from '#web/ui/button.tsx';
import { CodeBlock } from '#web/ui/code-block.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { ErrorPanel } from '#web/ui/error-panel.tsx';

type ResetDialogProps = {
  person: Person;
  onClose: () => void;
  /** Where a new password is set. */
  toAddress: (token: string) => string;
};

/** Makes a link with which a person sets a new password, and shows it once. */
export function ResetDialog({ person, onClose, toAddress }: ResetDialogProps) {
  const { t } = useTranslation('accounts');
  const format = useFormat();
  const create = useMutation({ mutationFn: () => createPasswordReset(person.id) });
  const created = create.data;
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={created ? t('invite.readyTitle') : t('reset.title', { name: person.name })}
      description={created ? t('invite.readyText', { email: person.email }) : t('reset.text')}
      sticky={created !== undefined}
      footer={
        created ? (
          <Button variant="primary" onClick={onClose}>
            {t('reset.close')}
          </Button>
        ) : (
          <Button variant="primary" busy={create.isPending} onClick={() => create.mutate()}>
            {t('invite.submit')}
          </Button>
        )
      }
    >
      <div className="grid gap-3">
        {create.isError && <ErrorPanel error={create.error} />}
        {created ? (
          <>
            <CodeBlock label={t('reset.link')} code={window.location.origin + toAddress(created.token)} wrap />
            <p className="text-sm text-ink-faint">{t('reset.until', { date: format.dateTime(created.expiresAt) })}</p>
          </>
        ) : (
          <p className="text-ink-soft">{t('reset.explanation', { name: person.name })}</p>
        )}
      </div>
    </Dialog>
  );
}
