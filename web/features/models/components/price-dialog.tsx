import { useForm } from 'react-hook-form';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { type PriceRow, SetPriceInput } from '#server/contract/model.ts';
import { setPrice } from '#web/features/models/api/set-price.ts';
import { formResolver } from '#web/lib/form-resolver.ts';
import { useSubmit } from '#web/lib/use-submit.ts';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { Form } from '#web/ui/form.tsx';
import { TextField } from '#web/ui/text-field.tsx';

type PriceDialogProps = {
  open: boolean;
  row: PriceRow | 'new' | null;
  onClose: () => void;
  onSaved: () => unknown;
};
type PriceValues = { model: string; inputUsd: string; outputUsd: string; cachedInputUsd: string };

const toAmount = (text: string) => (text.trim() === '' ? null : Number(text.replace(',', '.')));
const toText = (amountUsd: number | null | undefined) =>
  amountUsd === null || amountUsd === undefined ? '' : String(amountUsd);
const toInput = ({ model, inputUsd, outputUsd, cachedInputUsd }: PriceValues) => ({
  model: model.trim(),
  inputUsd: toAmount(inputUsd),
  outputUsd: toAmount(outputUsd),
  cachedInputUsd: toAmount(cachedInputUsd),
});

/** Writes a model's price; an empty field means that it is not known. */
export function PriceDialog({ open, row, onClose, onSaved }: PriceDialogProps) {
  const { t } = useTranslation('models');
  const onDone = () => {
    onSaved();
    onClose();
  };
  return (
    <Dialog
      open={open}
      onOpenChange={onClose}
      title={t('price.dialogTitle')}
      description={t('price.dialogText')}
      size="small"
    >
      {row && <PriceForm row={row === 'new' ? null : row} onDone={onDone} />}
    </Dialog>
  );
}

function PriceForm({ row, onDone }: { row: PriceRow | null; onDone: () => void }) {
  const { t } = useTranslation('models');
  const form = useForm({
    resolver: formResolver(SetPriceInput, toInput),
    defaultValues: {
      model: row?.model ?? '',
      inputUsd: toText(row?.inputUsd),
      outputUsd: toText(row?.outputUsd),
      cachedInputUsd: toText(row?.cachedInputUsd),
    },
  });
  const { submit, busy, error } = useSubmit(form, { send: setPrice, onDone });
  const { errors } = form.formState;
  return (
    <Form onSubmit={submit} error={error}>
      <TextField
        label={t('list.model')}
        hint={t('price.modelHint')}
        readOnly={row !== null}
        autoCapitalize="none"
        spellCheck={false}
        {...form.register('model')}
        error={errors.model?.message}
      />
      {(['inputUsd', 'cachedInputUsd', 'outputUsd'] as const).map((name) => (
        <TextField
          key={name}
          label={t(`price.field.${name}`)}
          inputMode="decimal"
          optional
          {...form.register(name)}
          error={errors[name]?.message}
        />
      ))}
      <Button type="submit" variant="primary" busy={busy} className="justify-self-end">
        {t('common:action.save')}
      </Button>
    </Form>
  );
}
