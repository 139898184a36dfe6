import { request } from '#web/lib/api-client.ts';
import { toConnectionAddress } from './connection-address.ts';

export function deleteConnection(connection: string): Promise<void> {
  return request({ path: toConnectionAddress(connection), method: 'DELETE', keepalive: true });
}
