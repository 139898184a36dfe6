import { z } from 'zod';

/** Query of every list: how many (1 to 100) and the `nextCursor` of the page before. */
export const PageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(25),
  cursor: z
    .string()
    .max(500)
    .regex(/^[\w-]+$/, 'Send "nextCursor" of the page before, unchanged.')
    .optional(),
});
export type PageQuery = z.infer<typeof PageQuery>;

/** A page of a list, newest first unless the route says otherwise; `nextCursor` is null on the last page. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() });
}
export type Page<Item> = { items: Item[]; nextCursor: string | null };
