import { get, useFormContext } from 'react-hook-form';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { ToolsetKind } from '#server/contract/toolset.ts';
import { credentialKinds, type CredentialValues } from '#web/features/toolsets/credential-values.ts';
import { CodeBlock } from '#web/ui/code-block.tsx';
import { SelectField } from '#web/ui/select-field.tsx';
import { TextField } from '#web/ui/text-field.tsx';

type CredentialFieldsProps = {
  kind: ToolsetKind;
  /** Where services send people back to. */
  returnPath: string;
  /** Where people get a key. */
  helpUrl?: string | null;
  /** What the service's description lets one ask for. */
  scopes?: string[];
};
type FieldName = Exclude<keyof CredentialValues, 'kind' | 'in'>;

/** How the service is told who asks: the kind, and what belongs to it. Stored secrets are never shown. */
export function CredentialFields({ kind: toolset, returnPath, helpUrl = null, scopes = [] }: CredentialFieldsProps) {
  const { t } = useTranslation('toolsets');
  const { register, watch, formState } = useFormContext<{ credential: CredentialValues }>();
  const kind = watch('credential.kind');
  const isMcp = toolset === 'mcp';
  const errorOf = (name: keyof CredentialValues) =>
    get<unknown, { message?: string } | undefined>(formState.errors, `credential.${name}`)?.message;
  const scopeHint = scopes.length === 0 ? t('credential.scopeHint') : t('hints.scopes', { scopes: scopes.join(', ') });
  const field = (name: FieldName, { isSecret = false, optional = false, hint = '' } = {}) => (
    <TextField
      key={name}
      label={t(`credential.${name}`)}
      {...(hint !== '' && { hint })}
      optional={optional}
      type={isSecret ? 'password' : 'text'}
      autoComplete={isSecret ? 'new-password' : 'off'}
      autoCapitalize="none"
      spellCheck={false}
      {...register(`credential.${name}`)}
      error={errorOf(name)}
    />
  );

  return (
    <fieldset className="grid min-w-0 gap-4 rounded-md border border-line p-4">
      <legend className="px-1 text-sm font-medium">{t('credential.title')}</legend>
      <SelectField
        label={t('credential.kind')}
        hint={t(`credential.about.${isMcp && kind === 'authorization-code' ? 'mcp-sign-in' : kind}`)}
        options={credentialKinds[toolset].map((value) => ({
          value,
          label: t(`credential.kinds.${isMcp && value === 'api-key' ? 'header' : value}`),
        }))}
        {...register('credential.kind')}
        error={errorOf('kind')}
      />
      {kind === 'api-key' && (
        <>
          {!isMcp && (
            <SelectField
              label={t('credential.in')}
              options={(['header', 'query', 'cookie'] as const).map((value) => ({
                value,
                label: t(`credential.places.${value}`),
              }))}
              {...register('credential.in')}
            />
          )}
          {field('name', { hint: t('credential.nameHint') })}
          {field('value', { isSecret: true })}
        </>
      )}
      {kind === 'bearer' && field('token', { isSecret: true })}
      {kind === 'basic' && [field('username'), field('password', { isSecret: true, optional: true })]}
      {kind === 'client-credentials' && [
        field('tokenUrl'),
        field('clientId'),
        field('clientSecret', { isSecret: true }),
        field('scope', { optional: true, hint: scopeHint }),
      ]}
      {kind === 'authorization-code' && (
        <>
          {!isMcp && [field('authorizationUrl'), field('tokenUrl')]}
          {field('clientId', isMcp ? { optional: true, hint: t('credential.clientIdHint') } : {})}
          {field('clientSecret', { isSecret: true, optional: true })}
          {field('scope', { optional: true, hint: scopeHint })}
          <CodeBlock label={t('credential.return')} code={window.location.origin + returnPath} wrap />
        </>
      )}
      {helpUrl !== null && kind !== 'none' && (
        <p className="text-sm">
          <a className="text-link" href={helpUrl} target="_blank" rel="noopener noreferrer">
            {t('credential.getKey')}
          </a>
        </p>
      )}
    </fieldset>
  );
}
