import { toFileAddress } from '#web/features/files/file-address.ts';
import { send } from '#web/lib/api-client.ts';

/** The text of a stored file. */
export async function readPageFile(file: string, signal: AbortSignal): Promise<string> {
  const response = await send({ path: toFileAddress(file), headers: { accept: '*/*' }, signal });
  return response.text();
}
