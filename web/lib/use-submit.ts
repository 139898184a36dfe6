import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { FieldValues, UseFormReturn } from 'react-hook-form';
import { showProblemInForm } from './problem-in-form.ts';

/**
 * Sends a valid form and shows the hub's issues at their fields.
 *
 * `error` is what found no field, for the form's own panel.
 */
export function useSubmit<Values extends FieldValues, Output extends FieldValues, Answer>(
  form: UseFormReturn<Values, unknown, Output>,
  { send, onDone }: { send: (values: Output) => Promise<Answer>; onDone: (answer: Answer) => unknown },
) {
  const [error, setError] = useState<unknown>(null);
  const mutation = useMutation({
    mutationFn: send,
    onMutate: () => setError(null),
    onSuccess: (answer) => void onDone(answer),
    onError: (problem) => {
      if (!showProblemInForm(form, problem)) setError(problem);
    },
  });
  return { submit: form.handleSubmit((values) => mutation.mutate(values)), busy: mutation.isPending, error };
}
