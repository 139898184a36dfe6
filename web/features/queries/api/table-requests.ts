import { Dataset, type UpdateDatasetInput } from '#server/contract/dataset.ts';
import { request } from '#web/lib/api-client.ts';

const toPath = (id: string) => `/api/datasets/${encodeURIComponent(id)}`;

export function uploadDataset(file: File, signal: AbortSignal) {
  const body = new FormData();
  body.append('file', file);
  return request({ path: '/api/datasets', method: 'POST', body, schema: Dataset, signal });
}

export const updateDataset = (id: string, body: UpdateDatasetInput) =>
  request({ path: toPath(id), method: 'PATCH', body, schema: Dataset });

export const deleteDataset = (id: string): Promise<void> =>
  request({ path: toPath(id), method: 'DELETE', keepalive: true });
