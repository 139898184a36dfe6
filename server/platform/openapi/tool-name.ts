import { createHash } from 'node:crypto';

const longest = 64;

/**
 * Gives each operation a name that a tool may have: from its `operationId`, else from method and path.
 *
 * `listPets` becomes `list_pets`; a name that is taken gets a number, one that is too long an end made from all of it.
 */
export function createToolNames() {
  const taken = new Set<string>();
  return (operation: { operationId: string | undefined; method: string; path: string }): string => {
    const wanted = toName(operation.operationId ?? '') || toName(`${operation.method}_${operation.path}`);
    let name = wanted;
    for (let number = 2; taken.has(name); number += 1) name = `${wanted.slice(0, longest - 6)}_${number}`;
    taken.add(name);
    return name;
  };
}

function toName(text: string): string {
  const name = text
    .slice(0, 1_000)
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replace(/[^a-z0-9_-]+/g, '_')
    .replace(/_{2,}/g, '_')
    .replace(/^[_-]+|[_-]+$/g, '');
  if (name.length <= longest) return name;
  return `${name.slice(0, longest - 9)}_${createHash('sha256').update(text).digest('hex').slice(0, 8)}`;
}
