import { useForm, useWatch } from 'react-hook-form';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { type Connection, CreateConnectionInput, isOpenAIItself, type ProviderKind } from '#server/contract/model.ts';
import { createConnection } from '#web/features/models/api/create-connection.ts';
import { updateConnection } from '#web/features/models/api/update-connection.ts';
import { type ConnectionPreset, connectionPresets } from '#web/features/models/connection-presets.ts';
import { formResolver } from '#web/lib/form-resolver.ts';
import { useSubmit } from '#web/lib/use-submit.ts';
import { Button } from '#web/ui/button.tsx';
import { CheckboxField } from '#web/ui/checkbox-field.tsx';
import { Form } from '#web/ui/form.tsx';
import { TextField } from '#web/ui/text-field.tsx';

type ConnectionValues = {
  name: string;
  provider: ProviderKind;
  baseUrl: string;
  leadsToOpenAI: boolean;
  apiKey: string;
  maximumConcurrentCalls: string;
};

const toInput =
  ({ hasOwnAddress }: ConnectionPreset) =>
  ({ name, provider, baseUrl, leadsToOpenAI, apiKey, maximumConcurrentCalls }: ConnectionValues) => ({
    name,
    provider,
    ...((baseUrl !== '' || !hasOwnAddress) && { baseUrl }),
    ...(provider === 'openai' && { api: leadsToOpenAI ? 'responses' : 'chat' }),
    ...(apiKey !== '' && { apiKey }),
    maximumConcurrentCalls: maximumConcurrentCalls === '' ? null : Number(maximumConcurrentCalls),
  });

/** Nobody but a person knows whose models are behind an address that is neither OpenAI's nor a usual one. */
const isUnheardOf = (baseUrl: string) =>
  baseUrl !== '' && !isOpenAIItself(baseUrl) && connectionPresets.every((preset) => preset.baseUrl !== baseUrl);

type ConnectionFormProps = {
  preset: ConnectionPreset;
  /** The stored one that is changed; null makes a new one. */
  connection: Connection | null;
  /** Whether a new one is the person's own. */
  personal: boolean;
  onDone: () => void;
  onBack: (() => void) | undefined;
};

/** A connection's name, address and key; a stored key is never shown, only replaced. */
export function ConnectionForm({ preset, connection, personal, onDone, onBack }: ConnectionFormProps) {
  const { t } = useTranslation('models');
  const { name, provider, baseUrl } = preset;
  const form = useForm({
    resolver: formResolver(CreateConnectionInput, toInput(preset)),
    defaultValues: {
      name,
      provider,
      baseUrl,
      leadsToOpenAI: connection?.api === 'responses' && !isOpenAIItself(baseUrl),
      apiKey: '',
      maximumConcurrentCalls: String(connection?.maximumConcurrentCalls ?? ''),
    },
  });
  const { submit, busy, error } = useSubmit(form, {
    send: ({ provider: kind, personal: _, ...rest }) =>
      connection ? updateConnection(connection.id, rest) : createConnection({ provider: kind, personal, ...rest }),
    onDone,
  });
  const { errors } = form.formState;
  const [address, leadsToOpenAI] = useWatch({ control: form.control, name: ['baseUrl', 'leadsToOpenAI'] });
  const keyHint = connection?.hasKey ? t('form.keyKept') : preset.isLocal ? t('form.keyLocal') : t('form.keyHint');

  return (
    <Form onSubmit={submit} error={error}>
      <TextField label={t('form.name')} {...form.register('name')} error={errors.name?.message} />
      <TextField
        label={t('form.baseUrl')}
        hint={preset.hasOwnAddress ? t('form.addressEmpty') : t('form.addressHint')}
        optional={preset.hasOwnAddress}
        inputMode="url"
        autoCapitalize="none"
        spellCheck={false}
        {...form.register('baseUrl')}
        error={errors.baseUrl?.message}
      />
      {provider === 'openai' && (isUnheardOf(address) || leadsToOpenAI) && (
        <CheckboxField
          label={t('form.leadsToOpenAI')}
          hint={t('form.leadsToOpenAIHint')}
          {...form.register('leadsToOpenAI')}
        />
      )}
      <TextField
        label={t('form.key')}
        hint={keyHint}
        type="password"
        autoComplete="off"
        optional={!preset.needsKey || connection !== null}
        {...form.register('apiKey')}
        error={errors.apiKey?.message}
      />
      <TextField
        label={t('form.maximumCalls')}
        hint={t('form.maximumCallsHint')}
        optional
        inputMode="numeric"
        {...form.register('maximumConcurrentCalls')}
        error={errors.maximumConcurrentCalls?.message}
      />
      <div className="flex flex-wrap justify-end gap-2">
        {onBack && (
          <Button variant="quiet" onClick={onBack}>
            {t('common:action.back')}
          </Button>
        )}
        <Button type="submit" variant="primary" busy={busy}>
          {connection ? t('common:action.save') : t('form.submit')}
        </Button>
      </div>
    </Form>
  );
}
