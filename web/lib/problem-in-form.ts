import type { FieldPath, FieldValues, UseFormReturn } from 'react-hook-form';
import type { ProblemIssue } from '#server/contract/problem.ts';
import { ApiProblem } from './api-problem.ts';

/**
 * Puts a problem's issues at the form's fields; answers whether all found their place.
 *
 * A field is known by its path in the request's body: `body.email` goes to `email`.
 */
export function showProblemInForm<Values extends FieldValues, Output extends FieldValues>(
  form: UseFormReturn<Values, unknown, Output>,
  error: unknown,
): boolean {
  const issues: ProblemIssue[] = error instanceof ApiProblem ? (error.problem.errors ?? []) : [];
  const placed = issues.filter(({ path, message }) => {
    const name = path.replace(/^body\./, '');
    const known = name.split('.')[0] ?? '';
    if (!(known in form.getValues())) return false;
    form.setError(name as FieldPath<Values>, { type: 'server', message });
    return true;
  });
  return issues.length > 0 && placed.length === issues.length;
}
