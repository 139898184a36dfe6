import type { Form, FormField } from '#server/contract/form.ts';

/** A value as its field holds it: text also for numbers and dates. */
export type FieldValue = string | string[] | boolean;
export type FieldValues = { values: Record<string, FieldValue> };

/** What the fields of a form hold before anybody has touched them. Pure. */
export function toEmptyValues({ fields }: Pick<Form, 'fields'>): FieldValues {
  const toEmpty = ({ type }: FormField) => (type === 'choices' ? [] : type === 'boolean' ? false : '');
  return { values: Object.fromEntries(fields.map((field) => [field.name, toEmpty(field)])) };
}

/** The values as the hub takes them; fields that were left empty are left out. Pure. */
export function toFormValues({ fields }: Pick<Form, 'fields'>, { values }: FieldValues) {
  const filled = fields.flatMap((field) => {
    const value = values[field.name];
    if (value === undefined || value === '') return [];
    if (Array.isArray(value) && value.length === 0 && !field.required) return [];
    return [[field.name, field.type === 'number' ? Number(value) : value] as const];
  });
  return { values: Object.fromEntries(filled) };
}
