import { useState } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { ConfirmDialog } from '#web/ui/confirm-dialog.tsx';
import { TextArea } from '#web/ui/text-area.tsx';

type ReasonDialogProps = {
  open: boolean;
  onClose: () => void;
  name: string;
  onConfirm: (reason: string) => Promise<unknown>;
};

/** Asks why an agent is taken off the hub; its owner is told. */
export function ReasonDialog({ open, onClose, name, onConfirm }: ReasonDialogProps) {
  const { t } = useTranslation('hub');
  const [reason, setReason] = useState('');
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onClose}
      title={t('desk.refuseTitle', { name })}
      description={
        <div className="grid gap-4">
          {t('desk.refuseText')}
          <TextArea
            label={t('desk.reason')}
            hint={t('desk.reasonHint')}
            optional
            maxLength={500}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        </div>
      }
      confirmLabel={t('desk.refuse')}
      onConfirm={() => onConfirm(reason)}
    />
  );
}
