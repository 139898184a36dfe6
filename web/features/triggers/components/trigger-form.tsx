import { useQuery } from '@tanstack/react-query';
import { FormProvider, useForm } from 'react-hook-form';
import { agentChoicesQuery } from '#web/lib/agent-choices-query.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { toShownName } from '#server/contract/agent-translation.ts';
import { CreateTriggerInput, type Trigger, type TriggerWithSecrets } from '#server/contract/trigger.ts';
import { createTrigger, updateTrigger } from '#web/features/triggers/api/trigger-requests.ts';
import {
  toFormValues,
  toTriggerInput,
  toUpdate,
  type TriggerFormValues,
} from '#web/features/triggers/trigger-form-values.ts';
import { formResolver } from '#web/lib/form-resolver.ts';
import { useSubmit } from '#web/lib/use-submit.ts';
import { Button } from '#web/ui/button.tsx';
import { ChoiceCards } from '#web/ui/choice-cards.tsx';
import { Form } from '#web/ui/form.tsx';
import { SelectField } from '#web/ui/select-field.tsx';
import { TextArea } from '#web/ui/text-area.tsx';
import { TextField } from '#web/ui/text-field.tsx';
import { ScheduleFields } from './schedule-fields.tsx';
import { VariableFields } from './variable-fields.tsx';

const kinds = ['schedule', 'webhook'] as const;
const conversations = ['own', 'shared'] as const;

type TriggerFormProps = { trigger: Trigger | null; onDone: (saved: TriggerWithSecrets) => void };

/** What starts the runs of which agent, what it is sent, and where its end is told. */
export function TriggerForm({ trigger, onDone }: TriggerFormProps) {
  const { t, language } = useTranslation('triggers');
  const { data: agents = [] } = useQuery(agentChoicesQuery);
  const form = useForm({
    resolver: formResolver(CreateTriggerInput, toTriggerInput),
    defaultValues: toFormValues(trigger),
  });
  const send = (input: CreateTriggerInput) =>
    trigger === null ? createTrigger(input) : updateTrigger(trigger.id, toUpdate(input));
  const { submit, busy, error } = useSubmit(form, { send, onDone });
  const { register, watch, setValue, formState } = form;
  const { errors } = formState;
  const [kind, conversation] = watch(['kind', 'conversation']);
  const toCards = <Value extends string>(name: string, values: readonly Value[]) =>
    values.map((value) => ({ value, label: t(`${name}.${value}`), description: t(`${name}.${value}Text`) }));
  const offered = agents.map((agent) => ({ value: agent.id, label: toShownName(agent, language) }));
  const options = trigger ? [{ value: trigger.agent.id, label: toShownName(trigger.agent, language) }] : offered;

  return (
    <FormProvider {...form}>
      <Form
        onSubmit={submit}
        error={error}
        actions={
          <Button type="submit" variant="primary" busy={busy}>
            {t(trigger === null ? 'form.create' : 'common:action.save')}
          </Button>
        }
      >
        {trigger === null && (
          <ChoiceCards
            label={t('field.kind')}
            value={kind}
            onChange={(value) => setValue('kind', value)}
            options={toCards('kind', kinds)}
          />
        )}
        <SelectField
          label={t('field.agent')}
          disabled={trigger !== null}
          options={[{ value: '', label: t('field.choose') }, ...options]}
          key={options.length}
          {...register('agent')}
          error={errors.agent?.message}
        />
        <TextField
          label={t('field.name')}
          hint={t('field.nameHint')}
          {...register('name')}
          error={errors.name?.message}
        />
        {kind === 'schedule' && <ScheduleFields />}
        <TextArea
          label={t('field.message')}
          hint={t(kind === 'webhook' ? 'field.messageHookHint' : 'field.messageHint', {
            whole: '{{payload}}',
            part: '{{payload.order.id}}',
          })}
          {...register('message')}
          error={errors.message?.message}
        />
        <VariableFields />
        <ChoiceCards
          label={t('field.conversation')}
          value={conversation}
          onChange={(value) => setValue('conversation', value)}
          options={toCards('conversation', conversations)}
        />
        {kind === 'webhook' && (
          <WebhookFields register={register} schemaError={toSchemaError(errors, t('field.schemaInvalid'))} />
        )}
        <TextField
          type="url"
          optional
          label={t('field.callback')}
          hint={t('field.callbackHint')}
          {...register('callbackUrl')}
          error={errors.callbackUrl?.message}
        />
      </Form>
    </FormProvider>
  );
}

type WebhookFieldsProps = {
  register: ReturnType<typeof useForm<TriggerFormValues>>['register'];
  schemaError: string | undefined;
};

function WebhookFields({ register, schemaError }: WebhookFieldsProps) {
  const { t } = useTranslation('triggers');
  return (
    <>
      <SelectField
        label={t('field.signature')}
        {...register('webhook.signature')}
        options={(['standard', 'github'] as const).map((value) => ({ value, label: t(`signature.${value}`) }))}
      />
      <TextArea
        optional
        monospaced
        spellCheck={false}
        label={t('field.schema')}
        hint={t('field.schemaHint')}
        {...register('webhook.payloadSchema')}
        error={schemaError}
      />
    </>
  );
}

type FieldErrors = ReturnType<typeof useForm<TriggerFormValues>>['formState']['errors'];

function toSchemaError({ webhook }: FieldErrors, notJson: string): string | undefined {
  const issue = webhook?.payloadSchema;
  return issue?.type === 'server' ? issue.message : issue && notJson;
}
