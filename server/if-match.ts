/** The revision that a writer's work rests on: from `If-Match`, `any` for those who do not care, null when not said. */
export type ExpectedRevision = number | 'any' | null;

/** The `ETag` of what has a revision (RFC 9110, section 8.8.3). */
export const toEntityTag = (revision: number) => `"${revision}"`;

/**
 * The revision that an `If-Match` header names (RFC 9110, section 13.1.1): null without one, `any` for `*`.
 *
 * A tag that the hub never gave matches nothing, so it reads as revision 0.
 */
export function readIfMatch(header: string | undefined): ExpectedRevision {
  const text = header?.trim() ?? '';
  if (text === '') return null;
  if (text === '*') return 'any';
  return Number(/^"?(\d{1,9})"?$/.exec(text)?.[1] ?? 0);
}
