import { useMutation } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { ErrorPanel } from '#web/ui/error-panel.tsx';
import { TextField } from '#web/ui/text-field.tsx';

type RenameDialogProps = {
  open: boolean;
  title: string;
  /** What is given: a title, a name. */
  label: string;
  name: string;
  longest: number;
  onRename: (name: string) => Promise<unknown>;
  onClose: () => void;
};

/** Asks for another name. */
export function RenameDialog({ open, title, label, name, longest, onRename, onClose }: RenameDialogProps) {
  const { t } = useTranslation('common');
  const formId = useId();
  const [typed, setTyped] = useState(name);
  const rename = useMutation({ mutationFn: () => onRename(typed.trim()), onSuccess: onClose });
  return (
    <Dialog
      open={open}
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={title}
      size="small"
      footer={
        <Button type="submit" form={formId} variant="primary" busy={rename.isPending} disabled={typed.trim() === ''}>
          {t('action.save')}
        </Button>
      }
    >
      <form
        id={formId}
        className="grid gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          if (typed.trim() !== '') rename.mutate();
        }}
      >
        <TextField label={label} value={typed} maxLength={longest} onChange={(event) => setTyped(event.target.value)} />
        {rename.isError && <ErrorPanel error={rename.error} />}
      </form>
    </Dialog>
  );
}
