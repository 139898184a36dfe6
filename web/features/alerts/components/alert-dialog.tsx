import { useState } from 'react';
import type { Alert, AlertWithSecret } from '#server/contract/alert.ts';
import type { Template } from '#web/features/alerts/alert-form-values.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { Button } from '#web/ui/button.tsx';
import { CodeBlock } from '#web/ui/code-block.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { Notice } from '#web/ui/notice.tsx';
import { AlertForm } from './alert-form.tsx';

type AlertDialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** Null for a new one. */
  alert: Alert | null;
  template: Template | null;
  /** A secret that was made elsewhere. */
  made?: AlertWithSecret | null;
  onSaved: () => unknown;
};

/** Makes or changes an alert, then shows its new secret once; only the person closes it then. */
export function AlertDialog({ open, onOpenChange, alert, template, made = null, onSaved }: AlertDialogProps) {
  const { t } = useTranslation('alerts');
  const [saved, setSaved] = useState<AlertWithSecret | null>(null);
  const secret = (made ?? saved)?.secret ?? null;
  const change = (next: boolean) => {
    if (!next) setSaved(null);
    onOpenChange(next);
  };
  const onDone = (answer: AlertWithSecret) => {
    onSaved();
    if (answer.secret === null) change(false);
    else setSaved(answer);
  };
  const title = secret ? t('secret.title') : alert ? t('form.editTitle', { name: alert.name }) : t('form.title');

  return (
    <Dialog
      open={open}
      onOpenChange={change}
      title={title}
      description={secret ? t('secret.text') : t('form.text')}
      size="large"
      sticky={secret !== null}
      footer={
        secret && (
          <Button variant="primary" onClick={() => change(false)}>
            {t('secret.close')}
          </Button>
        )
      }
    >
      {secret ? (
        <div className="grid gap-5">
          <Notice tone="warning" title={t('secret.once')}>
            {t('secret.onceText')}
          </Notice>
          <CodeBlock label={t('secret.label')} code={secret} wrap />
        </div>
      ) : (
        <AlertForm alert={alert} template={template} onDone={onDone} />
      )}
    </Dialog>
  );
}
