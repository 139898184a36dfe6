import { z } from 'zod';
import type { Page } from '#server/contract/page.ts';
import { HubError } from '#server/hub-error.ts';

/** Where a page of a list ends: the sort key of its last item. */
export type PagePosition = { at: Date; id: string };

const Position = z.tuple([z.iso.datetime(), z.string().regex(/^[\w-]{1,64}$/)]);

/** Where a list goes on, as an opaque text. */
export function toPageCursor({ at, id }: PagePosition): string {
  return Buffer.from(JSON.stringify([at.toISOString(), id])).toString('base64url');
}

function parse(cursor: string): PagePosition | null {
  try {
    const [at, id] = Position.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
    return { at: new Date(at), id };
  } catch {
    return null;
  }
}

/**
 * A page of a list, of what was found: at most `limit` items, and a cursor when one more was found.
 *
 * @param placeOf - the sort key of an item
 */
export function toPage<Item>(found: Item[], limit: number, placeOf: (item: Item) => PagePosition): Page<Item> {
  const items = found.slice(0, limit);
  const last = found.length > limit ? items.at(-1) : undefined;
  return { items, nextCursor: last === undefined ? null : toPageCursor(placeOf(last)) };
}

/**
 * Reads an opaque cursor as a list gave it out; null is the first page.
 *
 * @throws {HubError} `validation_failed`, if no list gave it out
 */
export function readPageCursor(cursor: string | undefined): PagePosition | null {
  if (cursor === undefined) return null;
  const position = parse(cursor);
  if (position !== null) return position;
  const message = {
    en: 'Send "nextCursor" of the page before, unchanged.',
    zh: '请原样发送上一页的 "nextCursor"。',
  };
  throw new HubError(
    'validation_failed',
    { en: 'The cursor is not one that a list gave out.', zh: '此游标不是列表给出的。' },
    { errors: [{ path: 'query.cursor', message }] },
  );
}
