/** Characters that JSON may hold and Postgres may not: the null character and halves of surrogate pairs. */
const refused = /\\u(?:0000|d[89a-f])/i;
/** An escape of JSON; one of another character is taken as a whole, so that an escaped backslash begins none. */
const escapes = /\\(?:u0000|ud[89a-f][\da-f]{2}|.)/gi;

/** JSON text that Postgres takes as `jsonb`; a mark stands for each refused character, so that places in texts stay. */
export function toStoredJson(value: unknown): string {
  const text = JSON.stringify(value);
  return refused.test(text) ? text.replace(escapes, (escape) => (refused.test(escape) ? '\ufffd' : escape)) : text;
}

/** The same value as Postgres takes it. */
export const toStorable = <Value extends object>(value: Value): Value => JSON.parse(toStoredJson(value)) as Value;
