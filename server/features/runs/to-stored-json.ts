/** Characters that JSON may hold and Postgres may not: the null character and halves of surrogate pairs. */
const refused = /\\u(?:0000|d[89a-f])/i;

/** JSON text that Postgres takes as `jsonb`; a mark stands for each refused character, so that places in texts stay. */
export function toStoredJson(value: unknown): string {
  const text = JSON.stringify(value);
  if (!refused.test(text)) return text;
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'string' ? part.replaceAll('\u0000', '\ufffd').toWellFormed() : part,
  );
}
