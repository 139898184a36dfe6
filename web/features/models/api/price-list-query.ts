import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { PriceRow } from '#server/contract/model.ts';
import { request } from '#web/lib/api-client.ts';

const PriceList = z.object({ items: z.array(PriceRow) });

/** The price table, by model name. */
export const priceListQuery = queryOptions({
  queryKey: ['models', 'prices'],
  queryFn: ({ signal }) => request({ path: '/api/models/prices', schema: PriceList, signal }),
});
