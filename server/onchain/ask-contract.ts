import {
  type AbiFunction,
  type Address,
  decodeFunctionResult,
  encodeFunctionData,
  encodeFunctionResult,
  type Hex,
  numberToHex,
  toFunctionSignature,
} from 'viem';
import { parseAddress } from './addresses.ts';
import { pinBlock } from './chain-block.ts';
import type { ChainContext, ReadChain } from './chain-context.ts';
import { findRefusal, toInputError } from './chain-errors.ts';
import { findFunction } from './find-function.ts';
import { explainRevert } from './read-revert.ts';
import { showValue } from './show-arguments.ts';
import { toAbiValue } from './to-abi-value.ts';

/**
 * Asks a contract one question (eth_call) and decodes what it answers.
 *
 * @throws {HubError} `validation_failed`, where the function, its arguments or its answer do not fit, or the contract refuses
 */
export const askContract: ReadChain<'contract'> = async (context, request) => {
  const { chain } = context;
  const contract = parseAddress(request.contract, 'contract');
  const block = await pinBlock(context, request.block);
  const given = request.arguments ?? [];
  const named = request.function;
  const { item, from } = await findFunction(context, {
    contract,
    named,
    count: given.length,
    abi: request.abi,
    block: block.number,
    wantsResults: true,
  });
  if (given.length !== item.inputs.length) {
    throw toInputError('arguments', {
      en: `${toFunctionSignature(item)} takes ${item.inputs.length} argument(s), not ${given.length}.`,
      zh: `${toFunctionSignature(item)} 需要 ${item.inputs.length} 个参数，而不是 ${given.length} 个。`,
    });
  }
  const values = item.inputs.map((input, index) => toAbiValue(input, given[index] ?? null, `arguments.${index}`));
  const data = encodeFunctionData({ abi: [item], args: values });
  const answer = await call(context, { contract, data, block: block.number });
  const decoded = decode(item, answer, contract);
  return {
    contract,
    function: toFunctionSignature(item),
    abiFrom: from,
    arguments: item.inputs.map(({ name = '', type }, index) => ({ name, type, value: showValue(values[index]) })),
    results: item.outputs.map(({ name = '', type }, index) => ({ name, type, value: showValue(decoded[index]) })),
    warnings: block.warnings,
    block: block.at,
    explorerUrl: `${chain.explorerUrl}/address/${contract}`,
  };
};

async function call(
  context: ChainContext,
  { contract, data, block }: { contract: Address; data: Hex; block: bigint },
): Promise<Hex> {
  try {
    return await context.client.request({ method: 'eth_call', params: [{ to: contract, data }, numberToHex(block)] });
  } catch (thrown) {
    const refusal = findRefusal(thrown);
    if (refusal === null) throw thrown;
    const reason = await explainRevert(context, contract, refusal);
    throw toInputError('function', {
      en: `The contract refused the call: ${reason}. It may have no such function, or not for these arguments.`,
      zh: `合约拒绝了这次调用：${reason}。它可能没有这个函数，或不接受这些参数。`,
    });
  }
}

function decode(item: AbiFunction, data: Hex, contract: Address): readonly unknown[] {
  if (item.outputs.length === 0) return [];
  try {
    const value: unknown = decodeFunctionResult({ abi: [item], data });
    // It refuses numbers that are too large for their type, which are decoded without a word.
    encodeFunctionResult({ abi: [item], result: value as never });
    return item.outputs.length === 1 ? [value] : (value as readonly unknown[]);
  } catch {
    throw toInputError('function', {
      en: `The answer of ${contract} does not fit ${toFunctionSignature(item)}: ${data === '0x' ? 'there is no contract, or no such function' : 'the ABI is of another contract'}.`,
      zh: `${contract} 的应答不符合 ${toFunctionSignature(item)}：${data === '0x' ? '那里没有合约，或没有这个函数' : '这份 ABI 属于另一个合约'}。`,
    });
  }
}
