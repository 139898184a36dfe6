import { useQuery } from '@tanstack/react-query';
import { FormProvider, useForm } from 'react-hook-form';
import type { z } from 'zod';
import { toShownName } from '#server/contract/agent-translation.ts';
import { type Alert, type AlertWithSecret, CreateAlertInput } from '#server/contract/alert.ts';
import {
  type AlertFormValues,
  type Template,
  toAlertInput,
  toFormValues,
  watchKinds,
} from '#web/features/alerts/alert-form-values.ts';
import { createAlert, updateAlert } from '#web/features/alerts/api/alert-requests.ts';
import { formResolver } from '#web/lib/form-resolver.ts';
import { agentChoicesQuery } from '#web/lib/agent-choices-query.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { useSubmit } from '#web/lib/use-submit.ts';
import { Button } from '#web/ui/button.tsx';
import { FieldGroup } from '#web/ui/field-group.tsx';
import { Form } from '#web/ui/form.tsx';
import { SelectField } from '#web/ui/select-field.tsx';
import { TextArea } from '#web/ui/text-area.tsx';
import { TextField } from '#web/ui/text-field.tsx';
import { AlertSummary } from './alert-summary.tsx';
import { PreviewButton } from './preview-button.tsx';
import { WatchFields } from './watch-fields.tsx';

/** The contract's schema with a plain type: the form's own types cannot follow JSON within JSON. */
const Written: z.ZodType<Record<string, unknown>> = CreateAlertInput;

type AlertFormProps = { alert: Alert | null; template: Template | null; onDone: (saved: AlertWithSecret) => void };

/** What is watched, when it is told, and how; said in a sentence while it is written. */
export function AlertForm({ alert, template, onDone }: AlertFormProps) {
  const { t, language } = useTranslation('alerts');
  const { data: agents = [] } = useQuery(agentChoicesQuery);
  const kept = alert?.watch ?? null;
  const form = useForm({
    resolver: formResolver(Written, (values: AlertFormValues) => toAlertInput(values, kept)),
    defaultValues: toFormValues(alert, template),
  });
  const send = (written: Record<string, unknown>) => {
    const input = CreateAlertInput.parse(written);
    return alert === null ? createAlert(input) : updateAlert(alert.id, input);
  };
  const { submit, busy, error } = useSubmit(form, { send, onDone });
  const { register, watch, formState } = form;
  const { errors } = formState;
  const [agent, agentDoes] = watch(['agent', 'agentDoes']);
  const offered = agents.map((one) => ({ value: one.id, label: toShownName(one, language) }));

  return (
    <FormProvider {...form}>
      <Form
        onSubmit={submit}
        error={error}
        actions={
          <>
            <PreviewButton kept={kept} />
            <Button type="submit" variant="primary" busy={busy}>
              {t(alert === null ? 'form.create' : 'common:action.save')}
            </Button>
          </>
        }
      >
        <AlertSummary agents={offered} kept={kept} />
        <TextField label={t('field.name')} {...register('name')} error={errors.name?.message} />
        <SelectField
          label={t('field.kind')}
          options={watchKinds.map((value) => ({ value, label: t(`kind.${value}`) }))}
          {...register('watch.kind')}
        />
        <WatchFields />
        <FieldGroup label={t('field.then')} hint={t('field.thenHint')}>
          <div className="grid gap-4 sm:grid-cols-2">
            <SelectField
              label={t('field.agent')}
              options={[{ value: '', label: t('field.noAgent') }, ...offered]}
              key={offered.length}
              {...register('agent')}
              error={errors.agent?.message}
            />
            {agent !== '' && (
              <SelectField
                label={t('field.agentDoes')}
                options={(['tell', 'ask'] as const).map((value) => ({ value, label: t(`does.${value}`) }))}
                {...register('agentDoes')}
              />
            )}
          </div>
          {agent !== '' && agentDoes === 'ask' && (
            <TextArea
              optional
              label={t('field.question')}
              hint={t('field.questionHint')}
              {...register('question')}
              error={errors.question?.message}
            />
          )}
          <TextField
            type="url"
            optional
            label={t('field.webhook')}
            hint={t('field.webhookHint')}
            {...register('webhookUrl')}
            error={errors.webhookUrl?.message}
          />
          <div className="grid gap-4 sm:grid-cols-2">
            <TextField
              type="number"
              min={0}
              max={10_080}
              label={t('field.coolDown')}
              hint={t('field.coolDownHint')}
              {...register('coolDownMinutes', { valueAsNumber: true })}
              error={errors.coolDownMinutes?.message}
            />
            <TextField
              type="number"
              min={1}
              max={1000}
              label={t('field.mostPerDay')}
              hint={t('field.mostPerDayHint')}
              {...register('mostPerDay', { valueAsNumber: true })}
              error={errors.mostPerDay?.message}
            />
          </div>
        </FieldGroup>
      </Form>
    </FormProvider>
  );
}
