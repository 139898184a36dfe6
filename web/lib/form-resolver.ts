import { toNestErrors } from '@hookform/resolvers';
import type { FieldError, FieldValues, Resolver } from 'react-hook-form';
import type { z } from 'zod';
import { translate } from './i18n/texts.ts';
import { findOwnWords, toIssueMessage } from './issue-message.ts';

/**
 * Checks a react-hook-form form with a contract schema, in the page's language.
 *
 * `toInput` turns the form's values into the schema's input (say, an empty field into nothing).
 */
export function formResolver<Values extends FieldValues, Schema extends z.ZodType<FieldValues>>(
  schema: Schema,
  toInput: (values: Values) => unknown = (values) => values,
): Resolver<Values, unknown, z.output<Schema> & FieldValues> {
  return async (values, _context, options) => {
    const parsed = schema.safeParse(toInput(values));
    if (parsed.success) return { values: parsed.data, errors: {} };
    await findOwnWords();
    const errors: Record<string, FieldError> = {};
    for (const issue of parsed.error.issues) {
      const path = issue.path.map(String).join('.') || 'root';
      errors[path] ??= { type: issue.code ?? 'custom', message: toIssueMessage(issue, translate) };
    }
    return { values: {}, errors: toNestErrors<Values>(errors, options) };
  };
}
