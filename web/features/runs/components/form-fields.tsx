import type { UseFormReturn } from 'react-hook-form';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { FormField } from '#server/contract/form.ts';
import type { FieldValues } from '#web/features/runs/form-values.ts';
import { CheckboxField } from '#web/ui/checkbox-field.tsx';
import { FieldGroup } from '#web/ui/field-group.tsx';
import { SelectField } from '#web/ui/select-field.tsx';
import { TextArea } from '#web/ui/text-area.tsx';
import { TextField } from '#web/ui/text-field.tsx';

type Props = { field: FormField; form: Pick<UseFormReturn<FieldValues>, 'register'>; error: string | undefined };

/** The control that suits a field's kind of value. */
export function FormFieldControl({ field, form, error }: Props) {
  const { t } = useTranslation('waits');
  const { name, label, hint, required } = field;
  const texts = { label, hint, error, ...(!required && { optional: true }) };
  const control = form.register(`values.${name}`);
  switch (field.type) {
    case 'text':
      return <TextField {...texts} maxLength={field.maximumLength ?? 1000} {...control} />;
    case 'long-text':
      return <TextArea {...texts} maxLength={field.maximumLength ?? 20_000} {...control} />;
    case 'number':
      return <TextField {...texts} inputMode={field.whole === true ? 'numeric' : 'decimal'} {...control} />;
    case 'date':
      return <TextField {...texts} type="date" min={field.minimum} max={field.maximum} {...control} />;
    case 'choice': {
      const options = field.options.map((option) => ({ value: option, label: option }));
      return <SelectField {...texts} options={[{ value: '', label: t('form.choose') }, ...options]} {...control} />;
    }
    case 'choices':
      return (
        <FieldGroup label={required ? label : `${label} · ${t('common:field.optional')}`} hint={hint} error={error}>
          {field.options.map((option) => (
            <CheckboxField key={option} label={option} value={option} {...control} />
          ))}
        </FieldGroup>
      );
    case 'boolean':
      return <CheckboxField label={label} hint={hint} {...control} />;
  }
}
