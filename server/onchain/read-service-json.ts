import type { RpcFetch } from './rpc-endpoint.ts';

const timeoutMs = 8_000;
const mostBytes = 4 * 1024 * 1024;

/** What a service beside the chain answers; null where it fails in any way, since readings go on without it. */
export async function readServiceJson(fetch: RpcFetch, url: string | URL, signal: AbortSignal): Promise<unknown> {
  try {
    const response = await fetch(url, { signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]) });
    if (!response.ok) return null;
    let text = '';
    const decoder = new TextDecoder();
    for await (const piece of response.body ?? []) {
      text += decoder.decode(piece, { stream: true });
      if (text.length > mostBytes) return null;
    }
    return JSON.parse(text) as unknown;
  } catch {
    signal.throwIfAborted();
    return null;
  }
}
