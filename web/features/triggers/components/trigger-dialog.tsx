import { useState } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { Trigger, TriggerWithSecrets } from '#server/contract/trigger.ts';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { TriggerForm } from './trigger-form.tsx';
import { TriggerSecrets } from './trigger-secrets.tsx';

type TriggerDialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** Null for a new one. */
  trigger: Trigger | null;
  /** Secrets that were made elsewhere. */
  made?: TriggerWithSecrets | null;
  onSaved: () => unknown;
};

export const hasSecrets = ({ secrets }: TriggerWithSecrets) => secrets.webhook !== null || secrets.callback !== null;

/** Makes or changes a trigger, then shows its new secrets once; only the person closes it then. */
export function TriggerDialog({ open, onOpenChange, trigger, made = null, onSaved }: TriggerDialogProps) {
  const { t } = useTranslation('triggers');
  const [saved, setSaved] = useState<TriggerWithSecrets | null>(null);
  const shown = made ?? saved;
  const change = (next: boolean) => {
    if (!next) setSaved(null);
    onOpenChange(next);
  };
  const onDone = (answer: TriggerWithSecrets) => {
    onSaved();
    if (hasSecrets(answer)) setSaved(answer);
    else change(false);
  };
  const title = shown ? t('secrets.title') : trigger ? t('form.editTitle', { name: trigger.name }) : t('form.title');

  return (
    <Dialog
      open={open}
      onOpenChange={change}
      title={title}
      description={shown ? t('secrets.text') : t('form.text')}
      size="large"
      sticky={shown !== null}
      footer={
        shown && (
          <Button variant="primary" onClick={() => change(false)}>
            {t('secrets.close')}
          </Button>
        )
      }
    >
      {shown ? <TriggerSecrets saved={shown} /> : <TriggerForm trigger={trigger} onDone={onDone} />}
    </Dialog>
  );
}
