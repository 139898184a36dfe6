import { useState } from 'react';
import { ModelReference } from '#server/contract/agent-definition.ts';
import type { ModelSummary } from '#server/contract/model.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { TextField } from '#web/ui/text-field.tsx';
import { ModelChoices } from './model-choices.tsx';

type ModelPickerProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** Those that are connected and not wished for yet. */
  models: readonly ModelSummary[];
  wishes: string[];
  onAdd: (reference: string) => void;
};

/** Adds a wish: one of the connected models, or any other by its name. */
export function ModelPicker({ open, onOpenChange, models, wishes, onAdd }: ModelPickerProps) {
  const { t } = useTranslation('agents');
  const [written, setWritten] = useState('');
  const isValid = ModelReference.safeParse(written.trim()).success && !wishes.includes(written.trim());
  const add = (reference: string) => {
    onAdd(reference);
    setWritten('');
    onOpenChange(false);
  };
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      size="large"
      title={t('model.add')}
      description={t('model.addHint')}
      footer={
        <form
          className="flex w-full items-start gap-2"
          onSubmit={(event) => {
            event.preventDefault();
            if (isValid) add(written.trim());
          }}
        >
          <TextField
            className="flex-1"
            label={t('model.other')}
            hint={t('model.referenceHint')}
            value={written}
            autoCapitalize="none"
            spellCheck={false}
            onChange={(event) => setWritten(event.target.value)}
          />
          {/* Beside the field, below its label; the hint may take more than a line. */}
          <Button type="submit" disabled={!isValid} className="mt-6.5">
            {t('model.addWritten')}
          </Button>
        </form>
      }
    >
      <ModelChoices models={models} onChoose={add} />
    </Dialog>
  );
}
