import {
  type Address,
  decodeFunctionResult,
  encodeFunctionData,
  type Hex,
  isAddress,
  isHex,
  multicall3Abi,
} from 'viem';
import { RpcError, type RpcAnswer, type RpcCall } from './rpc-fault.ts';

/** Multicall3 stands at the same address on every chain that has it (github.com/mds1/multicall3). */
export const multicall3Address = '0xcA11bde05977b3631167028862bE2a173976CA11';

const mostInBundle = 200;

type ContractRead = { target: Address; callData: Hex };

/** Contract reads at one block as one call; the positions say whose answers it gives. */
export type Bundle = { call: RpcCall; positions: number[] };

/**
 * Joins plain contract reads at the same block through Multicall3.
 *
 * A read with a sender, a value or overrides is left alone: in a bundle the contract would see another caller.
 */
export function bundleCalls(calls: readonly RpcCall[]): Bundle[] {
  const groups = new Map<string, { at: unknown; reads: { read: ContractRead; position: number }[] }>();
  for (const [position, call] of calls.entries()) {
    const read = toContractRead(call);
    if (read === null) continue;
    const at = call.params[1];
    const name = JSON.stringify(at);
    const group = groups.get(name) ?? { at, reads: [] };
    group.reads.push({ read, position });
    groups.set(name, group);
  }
  return [...groups.values()].flatMap(({ at, reads }) => {
    const bundles: Bundle[] = [];
    for (let start = 0; start + 1 < reads.length; start += mostInBundle) {
      const piece = reads.slice(start, start + mostInBundle);
      const data = encodeFunctionData({
        abi: multicall3Abi,
        functionName: 'aggregate3',
        args: [piece.map(({ read }) => ({ ...read, allowFailure: true }))],
      });
      bundles.push({
        call: { method: 'eth_call', params: [{ to: multicall3Address, data }, at] },
        positions: piece.map(({ position }) => position),
      });
    }
    return bundles;
  });
}

/** The answers in a bundle's answer; null: it cannot be read as one, so its calls must go alone. */
export function readBundle(answer: RpcAnswer, count: number): RpcAnswer[] | null {
  if ('error' in answer || !isHex(answer.result) || answer.result === '0x') return null;
  try {
    const results = decodeFunctionResult({ abi: multicall3Abi, functionName: 'aggregate3', data: answer.result });
    if (results.length !== count) return null;
    return results.map(({ success, returnData }) =>
      success
        ? { result: returnData }
        : { error: new RpcError({ code: 3, message: 'execution reverted', data: returnData }) },
    );
  } catch {
    return null;
  }
}

function toContractRead({ method, params }: RpcCall): ContractRead | null {
  const [request] = params;
  if (method !== 'eth_call' || params.length !== 2 || typeof request !== 'object' || request === null) return null;
  if (Object.keys(request).length !== 2 || !('to' in request) || !('data' in request)) return null;
  const { to, data } = request;
  return typeof to === 'string' && isAddress(to, { strict: false }) && isHex(data)
    ? { target: to, callData: data }
    : null;
}
