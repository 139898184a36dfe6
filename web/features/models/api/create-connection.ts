import { Connection, type CreateConnectionInput } from '#server/contract/model.ts';
import { request } from '#web/lib/api-client.ts';

export function createConnection(input: CreateConnectionInput): Promise<Connection> {
  return request({ path: '/api/connections', method: 'POST', body: input, schema: Connection });
}
