import { z } from 'zod';

/** Fields of one form, at most: a person should see all of it at once. */
const mostFields = 12;
const mostOptions = 50;

const Name = z
  .string()
  .regex(/^[a-z][a-zA-Z0-9_]{0,39}$/, 'Use letters, digits and underscores, starting with a small letter.')
  .describe('Name of the value in the answer, such as "startDate".');
const base = {
  name: Name,
  label: z.string().trim().min(1).max(120).describe('What the person reads beside the field.'),
  hint: z.string().trim().max(300).optional().describe('A line below the field that says how to fill it in.'),
  required: z.boolean().default(true).describe('False when the person may leave it empty.'),
};
const Length = z.number().int().min(1).max(20_000);
const textLimits = {
  minimumLength: Length.optional().describe('Characters, at least.'),
  maximumLength: Length.optional().describe('Characters, at most.'),
};
const options = z
  .array(z.string().trim().min(1).max(120))
  .min(1)
  .max(mostOptions)
  .refine((all) => new Set(all).size === all.length, 'Each option must be different.')
  .describe('What can be chosen.');

/** One field of a form, by the kind of its value. */
export const FormField = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('text'), ...base, ...textLimits }),
  z.strictObject({ type: z.literal('long-text'), ...base, ...textLimits }),
  z.strictObject({
    type: z.literal('number'),
    ...base,
    minimum: z.number().optional().describe('The smallest number.'),
    maximum: z.number().optional().describe('The largest number.'),
    whole: z.boolean().optional().describe('True when only whole numbers make sense.'),
  }),
  z.strictObject({ type: z.literal('choice'), ...base, options }),
  z.strictObject({
    type: z.literal('choices'),
    ...base,
    options,
    minimum: z.number().int().min(0).max(mostOptions).optional().describe('How many to choose, at least.'),
    maximum: z.number().int().min(1).max(mostOptions).optional().describe('How many to choose, at most.'),
  }),
  z.strictObject({
    type: z.literal('date'),
    ...base,
    minimum: z.iso.date().optional().describe('The earliest date, as 2026-01-31.'),
    maximum: z.iso.date().optional().describe('The latest date, as 2026-01-31.'),
  }),
  z.strictObject({ type: z.literal('boolean'), ...base }),
]);
export type FormField = z.infer<typeof FormField>;

/** A form that an agent asks a person to fill in. */
export const Form = z.strictObject({
  title: z.string().trim().min(1).max(120).describe('What the form is about.'),
  description: z.string().trim().max(1000).optional().describe('Why these values are needed, in one or two sentences.'),
  fields: z
    .array(FormField)
    .min(1)
    .max(mostFields)
    .refine((all) => new Set(all.map(({ name }) => name)).size === all.length, 'Each field needs a name of its own.')
    .describe(`The fields, at most ${mostFields}.`),
});
export type Form = z.infer<typeof Form>;

/** A value of a form: text and dates as text, several choices as a list. */
export const FormValue = z.union(
  [z.string().max(20_000), z.number(), z.boolean(), z.array(z.string().max(120)).max(mostOptions)],
  { error: 'Send a text, a number, true or false, or a list of texts.' },
);
export type FormValue = z.infer<typeof FormValue>;

export const FormValues = z.record(z.string().max(40), FormValue);
export type FormValues = z.infer<typeof FormValues>;

/** The schema that the values of a form must fit; fields that are not required may be left out. */
export function toValuesSchema({ fields }: Pick<Form, 'fields'>): z.ZodType<FormValues> {
  const shape = fields.map((field) => {
    const value = toValueSchema(field);
    return [field.name, field.required ? value : value.optional()] as const;
  });
  return z.strictObject(Object.fromEntries(shape)) as z.ZodType<FormValues>;
}

function toValueSchema(field: FormField): z.ZodType {
  switch (field.type) {
    case 'text':
    case 'long-text': {
      const text = z.string().max(field.maximumLength ?? (field.type === 'text' ? 1000 : 20_000));
      return text.min(field.minimumLength ?? (field.required ? 1 : 0));
    }
    case 'number': {
      const number = field.whole === true ? z.int() : z.number();
      return number.min(field.minimum ?? -Infinity).max(field.maximum ?? Infinity);
    }
    case 'choice':
      return z.enum(field.options);
    case 'choices': {
      const chosen = z.array(z.enum(field.options)).refine((all) => new Set(all).size === all.length);
      return chosen.min(field.minimum ?? (field.required ? 1 : 0)).max(field.maximum ?? field.options.length);
    }
    case 'date': {
      const { minimum = '0000-01-01', maximum = '9999-12-31' } = field;
      return z.iso
        .date()
        .refine((date) => date >= minimum, { message: `Choose ${minimum} or later.`, params: { earliest: minimum } })
        .refine((date) => date <= maximum, { message: `Choose ${maximum} or earlier.`, params: { latest: maximum } });
    }
    case 'boolean':
      return z.boolean();
  }
}
