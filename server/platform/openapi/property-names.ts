const longest = 64;

/**
 * Gives each part of an input a property of its own that every model provider admits (`[a-zA-Z0-9_.-]{1,64}`).
 *
 * A name that is taken is told apart by where the part travels: `id`, then `query_id`, then `query_id_2`.
 */
export function createPropertyNames() {
  const taken = new Set<string>(['__proto__']);
  return (name: string, where: string): string => {
    const fit = toFit(name);
    const candidates = [fit, toFit(`${where}_${fit}`)].filter((candidate) => candidate !== '');
    const free = candidates.find((candidate) => !taken.has(candidate));
    let property = free ?? candidates[0] ?? where;
    for (let number = 2; free === undefined && taken.has(property); number += 1) {
      property = `${(candidates.at(-1) ?? where).slice(0, longest - 6)}_${number}`;
    }
    taken.add(property);
    return property;
  };
}

function toFit(name: string): string {
  return name
    .replace(/[^a-zA-Z0-9_.-]+/g, '_')
    .replace(/^_+(?=[a-zA-Z0-9])|(?<=[a-zA-Z0-9])_+$/g, '')
    .slice(0, longest);
}
