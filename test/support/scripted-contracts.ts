import {
  type AbiFunction,
  decodeFunctionData,
  encodeAbiParameters,
  encodeFunctionResult,
  erc20Abi,
  type Hex,
  multicall3Abi,
  numberToHex,
  parseAbi,
  parseAbiItem,
  stringToHex,
  toFunctionSelector,
  toHex,
} from 'viem';
import { packetToBytes } from 'viem/ens';

/** A token as a test describes it. A contract without `decimals` is no ERC-20. */
export type ScriptedContract = {
  name?: string;
  symbol?: string;
  decimals?: number;
  /** `name` and `symbol` as bytes32, as some old tokens have them. */
  bytesText?: boolean;
  balances?: Record<string, bigint>;
  /** What it answers to other calls, by the function as Solidity writes it: a value, or what makes one of the arguments. */
  answers?: Record<string, unknown>;
  /** Its code; some of no meaning unless told. */
  code?: Hex;
  storage?: Record<string, Hex>;
};

type ChainState = { contracts: Record<string, ScriptedContract>; balances: Record<string, bigint>; head: bigint };

const nameResolver = '0xeeeeeeee14d718c2b47d9923deab1335e144eeee';
const nameResolverAbi = parseAbi([
  'function resolveWithGateways(bytes name, bytes data, string[] gateways) view returns (bytes result, address resolver)',
  'function reverseWithGateways(bytes lookupAddress, uint256 coinType, string[] gateways) view returns (string name, address resolver, address reverseResolver)',
]);
/** The one ENS name that this chain knows, and what it stands for. */
export const scriptedName = { name: 'vault.eth', address: '0x00000000219ab540356cBB839Cbe05303d7705Fa' } as const;

const multicall3 = '0xca11bde05977b3631167028862be2a173976ca11';

const tokenSelectors = new Set<string>(
  erc20Abi.flatMap((item) => (item.type === 'function' ? [toFunctionSelector(item)] : [])),
);

/** The answer to an `eth_call`; null where the contract reverts, `0x` where there is none. */
export function answerCall(state: ChainState, to: string, data: Hex): Hex | null {
  if (to.toLowerCase() === multicall3) {
    if (data.startsWith(toFunctionSelector('getBlockNumber()'))) return numberToHex(state.head, { size: 32 });
    const { functionName, args } = decodeFunctionData({ abi: multicall3Abi, data });
    if (functionName === 'getEthBalance') {
      const [holder] = args;
      const result = state.balances[holder.toLowerCase()] ?? 0n;
      return encodeFunctionResult({ abi: multicall3Abi, functionName, result });
    }
    const [calls] = args as readonly [readonly { target: string; callData: Hex }[]];
    const results = calls.map(({ target, callData }) => {
      const returnData = answerCall(state, target, callData);
      return { success: returnData !== null, returnData: returnData ?? '0x' };
    });
    return encodeFunctionResult({ abi: multicall3Abi, functionName: 'aggregate3', result: results });
  }
  if (to.toLowerCase() === nameResolver) return resolveName(data);
  const contract = state.contracts[to.toLowerCase()];
  return contract === undefined ? '0x' : answerToken(contract, data);
}

/** Addresses that claim that name; it leads to the first of them only. */
export const scriptedClaimants: string[] = [scriptedName.address, '0x1111111111111111111111111111111111111111'];

function resolveName(data: Hex): Hex | null {
  const { functionName, args } = decodeFunctionData({ abi: nameResolverAbi, data });
  if (functionName === 'reverseWithGateways') {
    if (!scriptedClaimants.some((one) => one.toLowerCase() === args[0].toLowerCase())) return null;
    return encodeFunctionResult({
      abi: nameResolverAbi,
      functionName,
      result: [scriptedName.name, nameResolver, nameResolver],
    });
  }
  const wanted = toHex(packetToBytes(scriptedName.name));
  if (args[0] !== wanted) return null;
  const result = encodeAbiParameters([{ type: 'address' }], [scriptedName.address]);
  return encodeFunctionResult({ abi: nameResolverAbi, functionName, result: [result, nameResolver] });
}

function answerOther({ answers = {} }: ScriptedContract, data: Hex): Hex | null {
  for (const [signature, answer] of Object.entries(answers)) {
    const item = parseAbiItem(signature) as AbiFunction;
    if (toFunctionSelector(item) !== data.slice(0, 10)) continue;
    const { args = [] } = decodeFunctionData({ abi: [item], data });
    const value: unknown = typeof answer === 'function' ? (answer as (...args: unknown[]) => unknown)(...args) : answer;
    return value === null ? null : encodeFunctionResult({ abi: [item], result: value as unknown[] });
  }
  return null;
}

function answerToken(contract: ScriptedContract, data: Hex): Hex | null {
  const other = answerOther(contract, data);
  if (other !== null || !tokenSelectors.has(data.slice(0, 10))) return other;
  const { functionName, args = [] } = decodeFunctionData({ abi: erc20Abi, data });
  if (functionName === 'name' || functionName === 'symbol') {
    const text = contract[functionName];
    if (text === undefined) return null;
    return contract.bytesText
      ? stringToHex(text, { size: 32 })
      : encodeFunctionResult({ abi: erc20Abi, functionName, result: text });
  }
  if (contract.decimals === undefined) return null;
  if (functionName === 'decimals')
    return encodeFunctionResult({ abi: erc20Abi, functionName, result: contract.decimals });
  if (functionName !== 'balanceOf') return null;
  return encodeFunctionResult({
    abi: erc20Abi,
    functionName,
    result: contract.balances?.[String(args[0]).toLowerCase()] ?? 0n,
  });
}
