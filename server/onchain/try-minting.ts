import { type Address, encodeFunctionData, numberToHex, parseAbi, zeroAddress } from 'viem';
import type { TokenFacts } from '#server/contract/chain-readings.ts';
import type { ChainContext } from './chain-context.ts';
import { findRefusal } from './chain-errors.ts';

const abi = parseAbi(['function mint(address to, uint256 amount)', 'function mint(uint256 amount)']);
/** An account that nobody uses, to see whether anybody at all may call. */
const stranger: Address = '0x00000000000000000000000000000000000a7123';
const functions = { 'mint(address,uint256)': true, 'mint(uint256)': false };
type MintFunction = keyof typeof functions;

/**
 * Whether the smallest amount could be minted at a block, by who owns the token and by anybody: each is tried as a call that
 * is never sent. Null: its code has no function of those names.
 */
export async function tryMinting(
  { client }: ChainContext,
  { token, owner, powers, block }: { token: Address; owner: Address | null; powers: string[]; block: bigint },
): Promise<TokenFacts['minting']> {
  const found = (Object.keys(functions) as MintFunction[]).find((one) => powers.includes(one));
  if (found === undefined) return null;
  const tryFrom = async (from: Address): Promise<'succeeds' | 'refused' | null> => {
    const args = functions[found] ? ([from, 1n] as const) : ([1n] as const);
    const data = encodeFunctionData({ abi, functionName: 'mint', args });
    try {
      await client.request({ method: 'eth_call', params: [{ from, to: token, data }, numberToHex(block)] });
      return 'succeeds';
    } catch (thrown) {
      if (findRefusal(thrown) === null) return null;
      return 'refused';
    }
  };
  const [byOwner, byAnybody] = await Promise.all([
    owner === null || owner === zeroAddress ? null : tryFrom(owner),
    tryFrom(stranger),
  ]);
  return { function: found, byOwner, byAnybody };
}
