import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ClipboardList } from 'lucide-react';
import { useMemo } from 'react';
import { useForm } from 'react-hook-form';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { z } from 'zod';
import { toValuesSchema } from '#server/contract/form.ts';
import { answerForm } from '#web/features/runs/api/answer-form.ts';
import { waitingKey } from '#web/features/runs/api/waiting-count.ts';
import { type FieldValues, toEmptyValues, toFormValues } from '#web/features/runs/form-values.ts';
import type { FormRequestView } from '#web/features/runs/run-view.ts';
import { useFormat } from '#web/lib/format.ts';
import { formResolver } from '#web/lib/form-resolver.ts';
import { useSubmit } from '#web/lib/use-submit.ts';
import { useShownName } from '#web/lib/use-shown-name.ts';
import { Button } from '#web/ui/button.tsx';
import { ErrorPanel } from '#web/ui/error-panel.tsx';
import { Form } from '#web/ui/form.tsx';
import { FormFieldControl } from './form-fields.tsx';

/** Asks a person for the values that the agent needs; the run waits for them. */
export default function FormCard({
  run,
  request: { form: id, request, agent, expiresAt },
  onAnswered,
}: {
  run: string;
  request: FormRequestView;
  onAnswered?: () => void;
}) {
  const { t } = useTranslation('waits');
  const toName = useShownName();
  const time = useFormat().dateTime(expiresAt);
  const schema = useMemo(() => z.object({ values: toValuesSchema(request) }), [request]);
  const form = useForm({
    resolver: formResolver(schema, (values: FieldValues) => toFormValues(request, values)),
    defaultValues: toEmptyValues(request),
  });
  const cache = useQueryClient();
  const onSuccess = () => {
    onAnswered?.();
    return cache.invalidateQueries({ queryKey: waitingKey });
  };
  const decline = useMutation({ mutationFn: () => answerForm(run, id, { declined: true }), onSuccess });
  const answer = useMutation({
    mutationFn: (values: z.output<typeof schema>) => answerForm(run, id, values),
    onSuccess,
  });
  const { submit, error } = useSubmit(form, { send: answer.mutateAsync, onDone: () => undefined });
  const busy = answer.isPending || decline.isPending;
  const { errors } = form.formState;
  return (
    <section
      aria-label={request.title}
      className="grid gap-4 rounded-lg border-2 border-accent bg-surface p-4 shadow-low"
    >
      <div role="alert" className="flex items-start gap-2">
        <ClipboardList aria-hidden className="mt-0.5 size-5 shrink-0 text-accent" />
        <div className="grid min-w-0 gap-1">
          <p className="font-semibold wrap-break-word">{request.title}</p>
          {request.description && <p className="text-sm wrap-break-word text-ink-soft">{request.description}</p>}
          <p className="text-xs wrap-break-word text-ink-faint">
            {agent === undefined ? t('form.until', { time }) : t('form.untilOf', { agent: toName(agent), time })}
          </p>
        </div>
      </div>
      {answer.isSuccess || decline.isSuccess ? (
        <p className="text-sm text-ink-soft">{t('form.sent')}</p>
      ) : (
        <Form onSubmit={submit} error={error}>
          {request.fields.map((field) => (
            <FormFieldControl
              key={field.name}
              field={field}
              form={form}
              error={errors.values?.[field.name]?.message?.toString()}
            />
          ))}
          {decline.isError && <ErrorPanel error={decline.error} />}
          <div className="flex flex-wrap gap-2">
            <Button type="submit" variant="primary" busy={busy}>
              {t('form.send')}
            </Button>
            <Button variant="quiet" busy={busy} onClick={() => decline.mutate()}>
              {t('form.decline')}
            </Button>
          </div>
        </Form>
      )}
    </section>
  );
}
