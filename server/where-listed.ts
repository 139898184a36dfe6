import type { PagePosition } from './page-cursor.ts';

export type ListWish = {
  /** Null: those that everybody on the hub sees. */
  ownerId: string | null;
  /** A part of the name; empty: all. */
  search: string;
  before: PagePosition | null;
};

/** The order that `whereListed` goes on in. */
export const lastChangedFirst = [{ updatedAt: 'desc' as const }, { id: 'desc' as const }];

/** Which rows of what people name, own and may show to the hub are on a page. */
export const whereListed = ({ ownerId, search, before }: ListWish) => ({
  ...(ownerId === null ? { access: 'hub' } : { ownerId }),
  ...(search === '' ? {} : { name: { contains: search, mode: 'insensitive' as const } }),
  ...(before === null
    ? {}
    : { OR: [{ updatedAt: { lt: before.at } }, { updatedAt: before.at, id: { lt: before.id } }] }),
});
