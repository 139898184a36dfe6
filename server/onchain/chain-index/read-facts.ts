import { hexToString, isHex } from 'viem';
import type { RpcCall } from '#server/onchain/rpc-fault.ts';
import type { ContractFacts } from './decode-logs.ts';

export type FactsOf = { address: string; kind: 'token' | 'pool' | 'feed' };
/** Null: the contract does not answer. */
export type AskContract = (call: RpcCall) => Promise<unknown>;

const selectors = {
  name: '0x06fdde03',
  symbol: '0x95d89b41',
  decimals: '0x313ce567',
  token0: '0x0dfe1681',
  token1: '0xd21220a7',
  description: '0x7284e416',
};
const longestText = 64;

/** What a token, pool or feed says of itself; null where it says nothing that fits. @throws what `ask` throws */
export async function readFacts({ address, kind }: FactsOf, ask: AskContract): Promise<ContractFacts> {
  const read = async (selector: string) => {
    const answer = await ask({ method: 'eth_call', params: [{ to: address, data: selector }, 'latest'] });
    return typeof answer === 'string' && isHex(answer) && answer.length > 2 ? answer : null;
  };
  const [name, symbol, decimals, token0, token1] = await Promise.all([
    read(kind === 'feed' ? selectors.description : selectors.name),
    kind === 'feed' ? null : read(selectors.symbol),
    read(selectors.decimals),
    kind === 'pool' ? read(selectors.token0) : null,
    kind === 'pool' ? read(selectors.token1) : null,
  ]);
  const places = toSmall(decimals);
  return {
    standard: kind === 'token' ? (places === null ? 'erc721' : 'erc20') : kind,
    symbol: toText(symbol),
    name: toText(name),
    decimals: places,
    token0: toAddress(token0),
    token1: toAddress(token1),
  };
}

function toSmall(answer: string | null): number | null {
  if (answer?.length !== 66) return null;
  const number = BigInt(answer);
  return number > 255n ? null : Number(number);
}

function toAddress(answer: string | null): string | null {
  return answer?.length === 66 && /^0x0{24}/.test(answer) ? `0x${answer.slice(-40).toLowerCase()}` : null;
}

/** A string of Solidity, or the 32 bytes that the first tokens had; cut, for a stranger wrote it. */
function toText(answer: `0x${string}` | null): string | null {
  if (answer === null) return null;
  const body = answer.slice(2);
  if (body.length === 64) return clean(hexToString(answer, { size: 32 }));
  const start = Number(BigInt(`0x${body.slice(0, 64)}`)) * 2;
  const length = Number(BigInt(`0x${body.slice(start, start + 64) || '0'}`)) * 2;
  if (start !== 64 || length > body.length) return null;
  return clean(hexToString(`0x${body.slice(128, 128 + Math.min(length, longestText * 8))}`));
}

const clean = (text: string) => Array.from(text.replaceAll('\0', '')).slice(0, longestText).join('');
