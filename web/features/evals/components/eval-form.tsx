import { Plus, X } from 'lucide-react';
import { FormProvider, useFieldArray, useForm, useFormContext } from 'react-hook-form';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { AgentDefinition } from '#server/contract/agent-definition.ts';
import { Eval, EvalNeed, type StoredEval } from '#server/contract/eval.ts';
import { createEval, updateEval } from '#web/features/evals/api/eval-requests.ts';
import { emptyCheck, type EvalFormValues, toEvalInput } from '#web/features/evals/eval-form-values.ts';
import { formResolver } from '#web/lib/form-resolver.ts';
import { useSubmit } from '#web/lib/use-submit.ts';
import { Button } from '#web/ui/button.tsx';
import { CheckboxField } from '#web/ui/checkbox-field.tsx';
import { FieldGroup } from '#web/ui/field-group.tsx';
import { Form } from '#web/ui/form.tsx';
import { removeInPlace } from '#web/ui/hold-place.ts';
import { IconButton } from '#web/ui/icon-button.tsx';
import { TextArea } from '#web/ui/text-area.tsx';
import { TextField } from '#web/ui/text-field.tsx';
import { CheckFields } from './check-fields.tsx';
import { EvalFiles } from './eval-files.tsx';

const mostChecks = 40;

type EvalFormProps = {
  agent: string;
  definition: Pick<AgentDefinition, 'variables' | 'tools'>;
  /** Null for a new one. */
  stored: StoredEval | null;
  values: EvalFormValues;
  onDone: (saved: StoredEval) => void;
};

/** A question with what belongs to it, and what must hold of the answer. */
export function EvalForm({ agent, definition, stored, values, onDone }: EvalFormProps) {
  const { t } = useTranslation('evals');
  const form = useForm<EvalFormValues, unknown, Eval>({
    resolver: formResolver<EvalFormValues, typeof Eval>(Eval, toEvalInput),
    defaultValues: values,
  });
  const { register, control, formState, watch, setValue } = form;
  const checks = useFieldArray({ control, name: 'expect' });
  const send = (input: Eval) => (stored === null ? createEval(agent, input) : updateEval(agent, stored, input));
  const { submit, busy, error } = useSubmit(form, { send, onDone });
  const errors: Record<string, { message?: string } | undefined> = formState.errors;
  return (
    <FormProvider {...form}>
      <Form
        onSubmit={submit}
        error={error}
        actions={
          <Button type="submit" variant="primary" busy={busy}>
            {t(stored === null ? 'form.create' : 'common:action.save')}
          </Button>
        }
      >
        <EarlierMessages />
        <TextArea
          label={t('form.question')}
          hint={t('form.questionHint')}
          error={errors['input']?.message ?? errors['messages']?.message}
          {...register('input')}
        />
        <TextField
          optional
          label={t('form.name')}
          hint={t('form.nameHint')}
          error={formState.errors.name?.message}
          {...register('name')}
        />
        {definition.variables.map(({ name, label, type, options }) => (
          <TextField
            key={name}
            optional
            label={label}
            inputMode={type === 'number' ? 'decimal' : undefined}
            hint={type === 'choice' ? options.join(' · ') : undefined}
            {...register(`variables.${name}`)}
          />
        ))}
        <EvalFiles files={watch('files')} onChange={(files) => setValue('files', files)} />
        <FieldGroup
          label={t('form.checks')}
          hint={t('form.checksHint')}
          error={checks.fields.length === 0 ? t('form.noCheck') : undefined}
        >
          <ol className="grid gap-3">
            {checks.fields.map(({ id }, place) => (
              <CheckFields
                key={id}
                place={place}
                tools={definition.tools.map((tool) => tool.id)}
                onRemove={checks.fields.length > 1 ? () => removeInPlace(() => checks.remove(place)) : null}
              />
            ))}
          </ol>
          {checks.fields.length < mostChecks && (
            <Button
              size="small"
              className="justify-self-start"
              icon={<Plus aria-hidden />}
              onClick={() => checks.append(emptyCheck)}
            >
              {t('check.add')}
            </Button>
          )}
        </FieldGroup>
        <FieldGroup label={t('form.needs')} hint={t('form.needsHint')}>
          {EvalNeed.options.map((need) => (
            <CheckboxField key={need} value={need} label={t(`need.${need}`)} {...register('needs')} />
          ))}
        </FieldGroup>
      </Form>
    </FormProvider>
  );
}

/** What was said before the question, where it was not the first. */
function EarlierMessages() {
  const { t } = useTranslation('evals');
  const { control, register } = useFormContext<EvalFormValues>();
  const earlier = useFieldArray({ control, name: 'earlier' });
  if (earlier.fields.length === 0) return null;
  return (
    <FieldGroup label={t('form.earlier')} hint={t('form.earlierHint')}>
      {earlier.fields.map(({ id, role }, place) => (
        <div key={id} className="flex items-end gap-2">
          <TextArea className="flex-1" label={t(`role.${role}`)} {...register(`earlier.${place}.content`)} />
          <IconButton
            label={t('form.removeMessage', { number: place + 1 })}
            icon={<X />}
            onClick={() => removeInPlace(() => earlier.remove(place))}
          />
        </div>
      ))}
    </FieldGroup>
  );
}
