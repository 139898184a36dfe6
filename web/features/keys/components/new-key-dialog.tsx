import { useState } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { CreatedApiKey } from '#server/contract/api-key.ts';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { CreatedKey } from './created-key.tsx';
import { NewKeyForm } from './new-key-form.tsx';

type NewKeyDialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onCreated: () => unknown;
  canAdminister: boolean;
};

/** Makes a key, then shows it once; only the person closes it then. */
export function NewKeyDialog({ open, onOpenChange, onCreated, canAdminister }: NewKeyDialogProps) {
  const { t } = useTranslation('keys');
  const [created, setCreated] = useState<CreatedApiKey | null>(null);

  const change = (next: boolean) => {
    if (!next) setCreated(null);
    onOpenChange(next);
  };
  const onDone = (key: CreatedApiKey) => {
    setCreated(key);
    onCreated();
  };

  return (
    <Dialog
      open={open}
      onOpenChange={change}
      title={created ? t('created.title') : t('new.title')}
      description={created ? t('created.text') : t('new.text')}
      sticky={created !== null}
      footer={
        created && (
          <Button variant="primary" onClick={() => change(false)}>
            {t('created.close')}
          </Button>
        )
      }
    >
      {created ? <CreatedKey created={created} /> : <NewKeyForm onDone={onDone} canAdminister={canAdminister} />}
    </Dialog>
  );
}
