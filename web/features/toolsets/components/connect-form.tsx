import { FormProvider, useForm } from 'react-hook-form';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { CreateToolsetInput, type ToolsetPreset, type ToolsetWithTools } from '#server/contract/toolset.ts';
import { createToolset } from '#web/features/toolsets/api/toolset-requests.ts';
import { toConnectInput, toConnectValues } from '#web/features/toolsets/toolset-form-values.ts';
import { formResolver } from '#web/lib/form-resolver.ts';
import { useCancellable } from '#web/lib/use-cancellable.ts';
import { useSubmit } from '#web/lib/use-submit.ts';
import { Form } from '#web/ui/form.tsx';
import { TextField } from '#web/ui/text-field.tsx';
import { CredentialFields } from './credential-fields.tsx';
import { WorkActions } from './work-actions.tsx';

type ConnectFormProps = {
  /** Null: any server, by its address. */
  preset: ToolsetPreset | null;
  returnPath: string;
  onDone: (toolset: ToolsetWithTools) => void;
  onBack: () => void;
};

/** An MCP server's address and who asks there; a command of the operator has neither. */
export function ConnectForm({ preset, returnPath, onDone, onBack }: ConnectFormProps) {
  const { t } = useTranslation('toolsets');
  const { run, cancel } = useCancellable();
  const form = useForm({
    resolver: formResolver(CreateToolsetInput, toConnectInput),
    defaultValues: toConnectValues(preset),
  });
  const { submit, busy, error } = useSubmit(form, {
    send: (input: CreateToolsetInput) => run((signal) => createToolset(input, signal)),
    onDone: (made) => made && onDone(made),
  });
  const { register, formState, watch } = form;
  const { errors } = formState;
  const signsIn = watch('credential.kind') === 'authorization-code';
  const command = preset?.command ?? null;
  return (
    <FormProvider {...form}>
      <Form
        onSubmit={submit}
        error={error}
        actions={
          <WorkActions
            busy={busy}
            doing={t('connect.doing')}
            submitLabel={t(signsIn ? 'connect.submitSignIn' : 'connect.submit')}
            onCancel={cancel}
            onBack={onBack}
          />
        }
      >
        {command === null ? (
          <TextField
            label={t('connect.address')}
            hint={t('connect.addressHint')}
            placeholder="https://mcp.example.org/mcp"
            inputMode="url"
            autoCapitalize="none"
            spellCheck={false}
            {...register('url')}
            error={errors.url?.message}
          />
        ) : (
          <TextField
            readOnly
            label={t('connect.command')}
            hint={t('connect.commandHint')}
            {...register('command')}
            error={errors.command?.message}
          />
        )}
        <TextField
          optional
          label={t('field.name')}
          hint={t('connect.nameHint')}
          autoComplete="off"
          {...register('name')}
          error={errors.name?.message}
        />
        {command === null && <CredentialFields kind="mcp" returnPath={returnPath} helpUrl={preset?.helpUrl ?? null} />}
      </Form>
    </FormProvider>
  );
}
