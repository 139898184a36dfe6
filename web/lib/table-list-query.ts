import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { QueryTable } from '#server/contract/dataset.ts';
import { request } from './api-client.ts';

const TableList = z.object({ items: z.array(QueryTable) });

/** Every table that the person's queries can read. */
export const tableListQuery = queryOptions({
  queryKey: ['tables'],
  queryFn: ({ signal }) => request({ path: '/api/tables', schema: TableList, signal }),
});
