const longest = 40;

/** A short name made of a name's Latin letters and digits; `tools`, when it has none. Pure. */
export function toSlug(name: string): string {
  const slug = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, longest)
    .replace(/^-+|-+$/g, '');
  return slug.length >= 2 ? slug : 'tools';
}

/** The slug itself when it is free, else the first free one of `slug-2`, `slug-3` …; never longer than allowed. Pure. */
export function toFreeSlug(wished: string, taken: ReadonlySet<string>): string {
  for (let number = 1; ; number += 1) {
    const ending = number === 1 ? '' : `-${number}`;
    const candidate = `${wished.slice(0, longest - ending.length).replace(/-+$/, '')}${ending}`;
    if (!taken.has(candidate)) return candidate;
  }
}
