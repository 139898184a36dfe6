import { CreatedApiKey, type CreateApiKeyInput } from '#server/contract/api-key.ts';
import { request } from '#web/lib/api-client.ts';

export function createKey(input: CreateApiKeyInput): Promise<CreatedApiKey> {
  return request({ path: '/api/keys', method: 'POST', body: input, schema: CreatedApiKey });
}
