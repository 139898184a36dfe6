import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { TextField, type TextFieldProps } from '#web/ui/text-field.tsx';

/** Where an RPC is; it may hold a key, so it is covered like a password. */
export function EndpointUrlField(props: Omit<TextFieldProps, 'label' | 'hint'>) {
  const { t } = useTranslation('chains');
  return (
    <TextField
      label={t('endpoint.url')}
      hint={t('endpoint.urlHint')}
      type="password"
      autoComplete="off"
      inputMode="url"
      spellCheck={false}
      {...props}
    />
  );
}
