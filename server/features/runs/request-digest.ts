import { createHash } from 'node:crypto';

/** SHA-256 of a request, the same for the same members in any order. */
export function digestRequest(reference: string, input: object): string {
  return createHash('sha256')
    .update(JSON.stringify([reference, input], sortMembers))
    .digest('hex');
}

function sortMembers(_name: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1)));
}
