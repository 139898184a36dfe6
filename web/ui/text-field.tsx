import { Eye, EyeOff } from 'lucide-react';
import { type ComponentProps, useState } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { classNames } from '#web/lib/class-names.ts';
import { type FieldTexts, FormField, splitFieldProps } from './form-field.tsx';
import { IconButton } from './icon-button.tsx';

export type TextFieldProps = ComponentProps<'input'> & FieldTexts & { monospaced?: boolean };

/** One line of text; takes `register(…)` of react-hook-form. A password can be shown. */
export function TextField({ monospaced = false, ...props }: TextFieldProps) {
  const { t } = useTranslation('common');
  const [shown, setShown] = useState(false);
  const { texts, control } = splitFieldProps(props);
  const secret = control.type === 'password';

  return (
    <FormField {...texts}>
      {(field) => (
        <div className="relative">
          <input
            {...control}
            {...field}
            type={secret && shown ? 'text' : control.type}
            className={classNames('control', monospaced && 'font-mono', secret && 'pr-12')}
          />
          {secret && (
            <IconButton
              className="absolute top-0 right-0"
              label={shown ? t('field.hidePassword') : t('field.showPassword')}
              icon={shown ? <EyeOff /> : <Eye />}
              onClick={() => setShown(!shown)}
            />
          )}
        </div>
      )}
    </FormField>
  );
}
