import { inBothLanguages } from '#server/contract/chain-words.ts';
import { HubError } from '#server/hub-error.ts';
import { multicall3Address } from './bundle-calls.ts';
import { toInputError } from './chain-errors.ts';
import { createRpcEndpoint, type RpcFetch, usualRpcLimits } from './rpc-endpoint.ts';
import { RpcFault } from './rpc-fault.ts';

/**
 * Asks a URL which chain it is of, and whether Multicall3 stands there.
 *
 * @throws {HubError} `validation_failed` in words about `body.url`, or `egress_refused`
 */
export async function probeEndpoint(
  url: string,
  { fetch, signal, now }: { fetch: RpcFetch; signal: AbortSignal; now: () => Date },
): Promise<{ chainId: number; hasMulticall: boolean }> {
  const endpoint = createRpcEndpoint({
    configuration: { id: 'probe', url, origin: 'stored' },
    fetch,
    limits: usualRpcLimits,
    countCall: () => undefined,
    now,
  });
  try {
    const calls = [
      { method: 'eth_chainId', params: [] },
      { method: 'eth_getCode', params: [multicall3Address, 'latest'] },
    ];
    const [id, code] = (await endpoint.send(calls, signal)).map((answer) =>
      'result' in answer ? answer.result : null,
    );
    const chainId = typeof id === 'string' ? Number(id) : Number.NaN;
    if (!Number.isSafeInteger(chainId)) throw notWorking('does not tell its chain id: it is no RPC of an EVM chain');
    return { chainId, hasMulticall: typeof code === 'string' && code.length > 2 };
  } catch (thrown) {
    if (!(thrown instanceof RpcFault)) throw thrown;
    throw thrown.cause instanceof HubError && thrown.kind === 'not-allowed' ? thrown.cause : notWorking(thrown.message);
  }
}

const notWorking = (why: string): HubError => toInputError('body.url', inBothLanguages(`This address ${why}.`));
