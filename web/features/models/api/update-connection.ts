import { Connection, type UpdateConnectionInput } from '#server/contract/model.ts';
import { request } from '#web/lib/api-client.ts';
import { toConnectionAddress } from './connection-address.ts';

export function updateConnection(connection: string, input: UpdateConnectionInput): Promise<Connection> {
  return request({ path: toConnectionAddress(connection), method: 'PATCH', body: input, schema: Connection });
}
