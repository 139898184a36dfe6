const maximumLength = 48;
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const reserved = new Set(['import', 'new']);

/** Whether a handle would be mistaken for an identifier or for a page of the hub. */
export function isReservedHandle(handle: string) {
  return uuid.test(handle) || reserved.has(handle);
}

/** A handle made of a name's Latin letters and digits; `agent-xxxx` for a name that has none, such as a Chinese one. */
export function toHandle(name: string, random: () => number = Math.random): string {
  const slug = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, maximumLength)
    .replace(/^-+|-+$/g, '');
  if (slug.length >= 2 && /[a-z]/.test(slug) && !isReservedHandle(slug)) return slug;
  const suffix = Array.from({ length: 4 }, () => Math.floor(random() * 36).toString(36)).join('');
  return `agent-${suffix}`;
}

/** The handle itself when it is free, else the first free one of `handle-2`, `handle-3` …; never longer than allowed. */
export function toFreeHandle(wished: string, taken: ReadonlySet<string>): string {
  if (!taken.has(wished) && !isReservedHandle(wished)) return wished;
  for (let number = 2; ; number += 1) {
    const candidate = `${toStem(wished, String(number).length)}-${number}`;
    if (!taken.has(candidate)) return candidate;
  }
}

/** What all handles begin with that `toFreeHandle` may choose from. */
export function toStem(handle: string, digits = 6): string {
  return handle.slice(0, maximumLength - digits - 1).replace(/-+$/, '');
}

/** Whether a handle is one of those for names without Latin letters. */
export const isRandom = (handle: string): boolean => /^agent-[a-z0-9]{4}$/.test(handle);

/** Whether a handle may have been made of a name, so that nobody chose it. */
export function isSuggested(handle: string, name: string): boolean {
  const wished = toHandle(name);
  if (isRandom(wished)) return isRandom(handle);
  const number = /-\d+$/.exec(handle)?.[0];
  return handle === wished || (number !== undefined && handle === `${toStem(wished, number.length - 1)}${number}`);
}
