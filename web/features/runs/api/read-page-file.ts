import { send } from '#web/lib/api-client.ts';

/** The text of a stored file, from where its bytes are. */
export async function readPageFile(address: string, signal: AbortSignal): Promise<string> {
  const response = await send({ path: address, headers: { accept: '*/*' }, signal });
  return response.text();
}
