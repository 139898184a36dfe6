import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { ToolsetPreset, ToolsetWithTools } from '#server/contract/toolset.ts';
import { toConnectInput, toConnectValues } from '#web/features/toolsets/toolset-form-values.ts';
import { TextField } from '#web/ui/text-field.tsx';
import { CredentialFields } from './credential-fields.tsx';
import { NewToolsetForm } from './new-toolset-form.tsx';

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
  const command = preset?.command ?? null;
  return (
    <NewToolsetForm
      defaultValues={toConnectValues(preset)}
      toInput={toConnectInput}
      doing={t('connect.doing')}
      submitLabel={({ watch }) =>
        t(watch('credential.kind') === 'authorization-code' ? 'connect.submitSignIn' : 'connect.submit')
      }
      onDone={onDone}
      onBack={onBack}
    >
      {({ register, formState: { errors } }) => (
        <>
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
          {command === null && (
            <CredentialFields kind="mcp" returnPath={returnPath} helpUrl={preset?.helpUrl ?? null} />
          )}
        </>
      )}
    </NewToolsetForm>
  );
}
