import type { RpcFetch } from '#server/onchain/rpc-endpoint.ts';

export type DevnetRpc = ReturnType<typeof createDevnetRpc>;
type Call = { method: string; params: readonly unknown[] };
type Answer = { id: number; result?: unknown; error?: { message?: string } };

const timeoutMs = 30_000;

/** Speaks to an Anvil of the hub's own with what only its owner may say; what agents read goes through the pool. */
export function createDevnetRpc({ url, fetch }: { url: string; fetch: RpcFetch }) {
  const send = async (body: unknown, signal: AbortSignal): Promise<unknown> => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
    });
    return await response.json();
  };
  const read = ({ error, result }: Answer, method: string): unknown => {
    if (error !== undefined) throw new Error(`Anvil refused ${method}: ${error.message ?? 'no reason given'}`);
    return result;
  };
  return {
    /** @throws {Error} with Anvil's reason */
    call: async <Result>(method: string, params: readonly unknown[], signal: AbortSignal): Promise<Result> => {
      const answer = await send({ jsonrpc: '2.0', id: 1, method, params }, signal);
      // Anvil's own answers have the shape that its documentation gives.
      return read(answer as Answer, method) as Result;
    },

    /** Sends calls together. @throws {Error} with the first reason */
    callAll: async (calls: readonly Call[], signal: AbortSignal): Promise<void> => {
      if (calls.length === 0) return;
      const answers = await send(
        calls.map(({ method, params }, id) => ({ jsonrpc: '2.0', id, method, params })),
        signal,
      );
      for (const answer of answers as Answer[]) read(answer, calls[answer.id]?.method ?? 'a call');
    },
  };
}
