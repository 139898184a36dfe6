import { type Abi, type AbiFunction, type Address, toFunctionSignature } from 'viem';
import type { ContractAnswer } from '#server/contract/chain-readings.ts';
import type { ChainContext } from './chain-context.ts';
import { toInputError } from './chain-errors.ts';
import { findProxy } from './find-proxy.ts';
import { listKnownFunctions } from './known-abis.ts';
import { readAbiText } from './read-abi-text.ts';

export type FoundFunction = { item: AbiFunction; from: ContractAnswer['abiFrom'] };

type Wanted = {
  contract: Address;
  named: string;
  count: number;
  abi?: string | undefined;
  block: bigint;
  /** Whether what it returns must be known. */
  wantsResults: boolean;
};

/**
 * The function that is meant by a name, a signature or a line of Solidity: from what was pasted, else from the contract's
 * verified source (or that of the code behind a proxy), else from the well-known ones.
 *
 * @throws {HubError} `validation_failed`, saying what to give where it is not found
 */
export async function findFunction(context: ChainContext, wanted: Wanted): Promise<FoundFunction> {
  const { named, abi } = wanted;
  if (abi !== undefined) {
    const item = pick(readAbiText(abi, 'abi'), wanted);
    if (item !== null) return { item, from: 'pasted' };
    throw notFound(wanted, 'the pasted ABI');
  }
  if (/\breturns\b/.test(named)) return { item: readSignature(named), from: 'signature' };
  const verified = await findVerified(context, wanted);
  if (verified !== null) return { item: verified, from: 'verified source' };
  const known = pick(listKnownFunctions(), wanted);
  if (known !== null) return { item: known, from: 'well-known signatures' };
  if (!wanted.wantsResults && named.includes('(')) return { item: readSignature(named), from: 'signature' };
  throw notFound(wanted, 'the well-known functions, and no verified source of it could be read');
}

function readSignature(named: string): AbiFunction {
  const line = named.trim().startsWith('function ') ? named : `function ${named}`;
  const item = readAbiText(line, 'function').find((one) => one.type === 'function');
  if (item === undefined) throw toInputError('function', { en: 'This is no function.', zh: '这不是函数。' });
  return item;
}

async function findVerified(context: ChainContext, wanted: Wanted): Promise<AbiFunction | null> {
  const own = await context.findVerifiedAbi(wanted.contract);
  const found = own === null ? null : pick(own, wanted);
  if (own === null || found !== null) return found;
  const { proxy } = await findProxy(context, wanted.contract, wanted.block);
  if (proxy === null) return null;
  const behind = await context.findVerifiedAbi(proxy.implementation as Address);
  return behind === null ? null : pick(behind, wanted);
}

function pick(abi: Abi, { named, count }: Pick<Wanted, 'named' | 'count'>): AbiFunction | null {
  const functions = abi.filter((item) => item.type === 'function');
  const plain = named
    .trim()
    .replace(/^function\s+/, '')
    .replaceAll(/\s+/g, '');
  if (plain.includes('(')) return functions.find((item) => toFunctionSignature(item) === plain) ?? null;
  const sameName = functions.filter(({ name }) => name === plain);
  return (
    sameName.find(({ inputs }) => inputs.length === count) ?? (sameName.length === 1 ? (sameName[0] ?? null) : null)
  );
}

function notFound({ named, contract }: Wanted, where: string) {
  const shown = named.trim().slice(0, 80);
  return toInputError('function', {
    en: `"${shown}" of ${contract} is not among ${where}. Give it whole, such as "${shown.replace(/\(.*$/, '')}(address) returns (uint256)", or paste the ABI.`,
    zh: `在已知来源中找不到 ${contract} 的“${shown}”。请写出完整签名，例如“${shown.replace(/\(.*$/, '')}(address) returns (uint256)”，或粘贴 ABI。`,
  });
}
