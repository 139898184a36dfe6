import { ApiKey, type UpdateApiKeyInput } from '#server/contract/api-key.ts';
import { request } from '#web/lib/api-client.ts';

export function updateKey(key: string, input: UpdateApiKeyInput): Promise<ApiKey> {
  return request({ path: `/api/keys/${encodeURIComponent(key)}`, method: 'PATCH', body: input, schema: ApiKey });
}
