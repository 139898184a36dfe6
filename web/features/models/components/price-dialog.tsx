import { useForm, useWatch } from 'react-hook-form';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { type PriceRow, PriceUnit, SetPriceInput } from '#server/contract/model.ts';
import { setPrice } from '#web/features/models/api/set-price.ts';
import { formResolver } from '#web/lib/form-resolver.ts';
import { useSubmit } from '#web/lib/use-submit.ts';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { Form } from '#web/ui/form.tsx';
import { SelectField } from '#web/ui/select-field.tsx';
import { TextField } from '#web/ui/text-field.tsx';

type PriceDialogProps = {
  open: boolean;
  row: PriceRow | 'new' | null;
  onClose: () => void;
  onSaved: () => unknown;
};
type PriceValues = { model: string; unit: PriceUnit; inputUsd: string; outputUsd: string; cachedInputUsd: string };

const toAmount = (text: string) => (text.trim() === '' ? null : Number(text.replace(',', '.')));
const toText = (amountUsd: number | null | undefined) =>
  amountUsd === null || amountUsd === undefined ? '' : String(amountUsd);
const toInput = ({ model, unit, inputUsd, outputUsd, cachedInputUsd }: PriceValues) => ({
  model: model.trim(),
  unit,
  inputUsd: toAmount(inputUsd),
  outputUsd: unit === 'tokens' ? toAmount(outputUsd) : null,
  cachedInputUsd: unit === 'tokens' ? toAmount(cachedInputUsd) : null,
});
const amountsOf = {
  tokens: ['inputUsd', 'cachedInputUsd', 'outputUsd'],
  characters: ['inputUsd'],
  minutes: ['inputUsd'],
} as const;

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
      unit: row?.unit ?? 'tokens',
      inputUsd: toText(row?.inputUsd),
      outputUsd: toText(row?.outputUsd),
      cachedInputUsd: toText(row?.cachedInputUsd),
    },
  });
  const { submit, busy, error } = useSubmit(form, { send: setPrice, onDone });
  const { errors } = form.formState;
  const unit = useWatch({ control: form.control, name: 'unit' });
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
      <SelectField
        label={t('price.unit')}
        options={PriceUnit.options.map((value) => ({ value, label: t(`price.units.${value}`) }))}
        {...form.register('unit')}
      />
      {amountsOf[unit].map((name) => (
        <TextField
          key={name}
          label={t(unit === 'tokens' ? `price.field.${name}` : `price.field.${unit}`)}
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
