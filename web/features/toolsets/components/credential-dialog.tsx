import { useState } from 'react';
import { FormProvider, useForm } from 'react-hook-form';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { type ToolsetWithTools, UpdateToolsetInput } from '#server/contract/toolset.ts';
import { updateToolset } from '#web/features/toolsets/api/toolset-requests.ts';
import {
  type CredentialValues,
  toCredentialInput,
  toCredentialValues,
} from '#web/features/toolsets/credential-values.ts';
import { useHintText } from '#web/features/toolsets/use-credential-text.ts';
import { formResolver } from '#web/lib/form-resolver.ts';
import { useSubmit } from '#web/lib/use-submit.ts';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { Form } from '#web/ui/form.tsx';
import { SelectField } from '#web/ui/select-field.tsx';
import { CredentialFields } from './credential-fields.tsx';

type CredentialDialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  toolset: ToolsetWithTools;
  returnPath: string;
  onDone: (changed: ToolsetWithTools) => void;
};

/** Adds a credential, or replaces it as a whole; the stored secret is never shown. */
export function CredentialDialog({ open, onOpenChange, ...rest }: CredentialDialogProps) {
  const { t } = useTranslation('toolsets');
  const isNew = rest.toolset.credential.kind === 'none';
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={t(isNew ? 'credential.add' : 'credential.replace')}
      description={isNew ? undefined : t('credential.replaceText')}
    >
      <CredentialForm {...rest} />
    </Dialog>
  );
}

function CredentialForm({ toolset, returnPath, onDone }: Omit<CredentialDialogProps, 'open' | 'onOpenChange'>) {
  const { t } = useTranslation('toolsets');
  const { kind, credential, credentialHints: hints } = toolset;
  const [chosen, setChosen] = useState(credential.kind === 'none' && hints.length > 0 ? 0 : -1);
  const hint = hints[chosen];
  const toHintText = useHintText();
  const form = useForm({
    resolver: formResolver(UpdateToolsetInput, ({ credential }: { credential: CredentialValues }) => ({
      credential: toCredentialInput(credential, kind),
    })),
    defaultValues: { credential: toCredentialValues(hint ?? credential) },
  });
  const { submit, busy, error } = useSubmit(form, {
    send: (input: UpdateToolsetInput) => updateToolset(toolset.id, input),
    onDone,
  });
  return (
    <FormProvider {...form}>
      <Form
        onSubmit={submit}
        error={error}
        actions={
          <Button type="submit" variant="primary" busy={busy}>
            {t('common:action.save')}
          </Button>
        }
      >
        {hints.length > 0 && (
          <SelectField
            label={t('hints.label')}
            hint={t('hints.hint')}
            value={String(chosen)}
            onChange={({ target }) => {
              const next = Number(target.value);
              setChosen(next);
              form.reset({ credential: toCredentialValues(hints[next] ?? credential) });
            }}
            options={[
              ...hints.map((each, index) => ({ value: String(index), label: toHintText(each) })),
              { value: '-1', label: t('hints.other') },
            ]}
          />
        )}
        <CredentialFields kind={kind} returnPath={returnPath} scopes={hint?.scopes ?? []} />
      </Form>
    </FormProvider>
  );
}
