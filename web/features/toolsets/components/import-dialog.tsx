import { FormProvider, useForm } from 'react-hook-form';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { CreateToolsetInput, type ToolsetPreset, type ToolsetWithTools } from '#server/contract/toolset.ts';
import { createToolset } from '#web/features/toolsets/api/toolset-requests.ts';
import { toImportInput, toImportValues } from '#web/features/toolsets/toolset-form-values.ts';
import { formResolver } from '#web/lib/form-resolver.ts';
import { useCancellable } from '#web/lib/use-cancellable.ts';
import { useSubmit } from '#web/lib/use-submit.ts';
import { Dialog } from '#web/ui/dialog.tsx';
import { Form } from '#web/ui/form.tsx';
import { TextField } from '#web/ui/text-field.tsx';
import { CredentialFields } from './credential-fields.tsx';
import { DescriptionFields } from './description-fields.tsx';
import { WorkActions } from './work-actions.tsx';

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
  const { run, cancel } = useCancellable();
  const form = useForm({
    resolver: formResolver(CreateToolsetInput, toImportInput),
    defaultValues: toImportValues(preset),
  });
  const { submit, busy, error } = useSubmit(form, {
    send: (input: CreateToolsetInput) => run((signal) => createToolset(input, signal)),
    onDone: (made) => made && onDone(made),
  });
  const { register, formState } = form;
  const { errors } = formState;
  return (
    <FormProvider {...form}>
      <Form
        onSubmit={submit}
        error={error}
        actions={
          <WorkActions busy={busy} doing={t('import.doing')} submitLabel={t('import.submit')} onCancel={cancel} />
        }
      >
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
      </Form>
    </FormProvider>
  );
}
