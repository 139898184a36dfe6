import type { ReactNode } from 'react';
import { type DefaultValues, type FieldValues, FormProvider, useForm, type UseFormReturn } from 'react-hook-form';
import { CreateToolsetInput, type ToolsetWithTools } from '#server/contract/toolset.ts';
import { createToolset } from '#web/features/toolsets/api/toolset-requests.ts';
import { formResolver } from '#web/lib/form-resolver.ts';
import { useCancellable } from '#web/lib/use-cancellable.ts';
import { useSubmit } from '#web/lib/use-submit.ts';
import { Form } from '#web/ui/form.tsx';
import { WorkActions } from './work-actions.tsx';

type NewToolsetFormProps<Values extends FieldValues> = {
  defaultValues: DefaultValues<Values>;
  toInput: (values: Values) => unknown;
  doing: string;
  submitLabel: (form: UseFormReturn<Values, unknown, CreateToolsetInput>) => string;
  onDone: (toolset: ToolsetWithTools) => void;
  onBack?: () => void;
  children: (form: UseFormReturn<Values, unknown, CreateToolsetInput>) => ReactNode;
};

/** The frame of the forms that make a toolset: it sends, can be stopped, and puts what the hub says at the fields. */
export function NewToolsetForm<Values extends FieldValues>({
  defaultValues,
  toInput,
  doing,
  submitLabel,
  onDone,
  onBack,
  children,
}: NewToolsetFormProps<Values>) {
  const { run, cancel } = useCancellable();
  const form = useForm({ resolver: formResolver(CreateToolsetInput, toInput), defaultValues });
  const { submit, busy, error } = useSubmit(form, {
    send: (input: CreateToolsetInput) => run((signal) => createToolset(input, signal)),
    onDone: (made) => made && onDone(made),
  });
  return (
    <FormProvider {...form}>
      <Form
        onSubmit={submit}
        error={error}
        actions={
          <WorkActions busy={busy} doing={doing} submitLabel={submitLabel(form)} onCancel={cancel} onBack={onBack} />
        }
      >
        {children(form)}
      </Form>
    </FormProvider>
  );
}
