import { ConnectionTest } from '#server/contract/model.ts';
import { request } from '#web/lib/api-client.ts';
import { toConnectionAddress } from './connection-address.ts';

export function testConnection(connection: string): Promise<ConnectionTest> {
  return request({ path: `${toConnectionAddress(connection)}/test`, method: 'POST', schema: ConnectionTest });
}
