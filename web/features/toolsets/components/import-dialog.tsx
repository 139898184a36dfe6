import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { ToolsetPreset, ToolsetWithTools } from '#server/contract/toolset.ts';
import { toImportInput, toImportValues } from '#web/features/toolsets/toolset-form-values.ts';
import { Dialog } from '#web/ui/dialog.tsx';
import { TextField } from '#web/ui/text-field.tsx';
import { CredentialFields } from './credential-fields.tsx';
import { DescriptionFields } from './description-fields.tsx';
import { NewToolsetForm } from './new-toolset-form.tsx';

type ImportDialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  preset: ToolsetPreset | null;
  returnPath: string;
  onDone: (toolset: ToolsetWithTools) => void;
};

/** Makes a toolset from an OpenAPI description. */
export function ImportDialog({ open, onOpenChange, ...rest }: ImportDialogProps) {
  const { t } = useTranslation('toolsets');
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={t('import.title')} description={t('import.text')}>
      <ImportForm {...rest} />
    </Dialog>
  );
}

function ImportForm({ preset, returnPath, onDone }: Omit<ImportDialogProps, 'open' | 'onOpenChange'>) {
  const { t } = useTranslation('toolsets');
  return (
    <NewToolsetForm
      defaultValues={toImportValues(preset)}
      toInput={toImportInput}
      doing={t('import.doing')}
      submitLabel={() => t('import.submit')}
      onDone={onDone}
    >
      {({ register, formState: { errors } }) => (
        <>
          <DescriptionFields sources={['url', 'text', 'file']} />
          <TextField
            optional
            label={t('field.name')}
            hint={t('import.nameHint')}
            autoComplete="off"
            {...register('name')}
            error={errors.name?.message}
          />
          <TextField
            optional
            label={t('field.server')}
            hint={t('import.serverHint')}
            inputMode="url"
            autoCapitalize="none"
            spellCheck={false}
            {...register('serverUrl')}
            error={errors.serverUrl?.message}
          />
          <CredentialFields kind="openapi" returnPath={returnPath} helpUrl={preset?.helpUrl ?? null} />
        </>
      )}
    </NewToolsetForm>
  );
}
