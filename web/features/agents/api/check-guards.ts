import { type CheckGuardsInput, GuardVerdict } from '#server/contract/guard.ts';
import { request } from '#web/lib/api-client.ts';

export function checkGuards(input: CheckGuardsInput): Promise<GuardVerdict> {
  return request({ path: '/api/guards/check', method: 'POST', body: input, schema: GuardVerdict });
}
