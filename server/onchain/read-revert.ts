import { decodeErrorResult, isHex } from 'viem';
import type { RpcError } from './rpc-fault.ts';
import { showValue } from './show-arguments.ts';
import { toTokenLabel } from './token-label.ts';

const longest = 200;

/** Why a contract refused, in its own words where it has some; they are a stranger's text. */
export function readRevert({ data }: Pick<RpcError, 'data'>): string {
  if (!isHex(data) || data.length < 10) return 'it gave no reason';
  try {
    const { errorName, args = [] } = decodeErrorResult({ data, abi: [] });
    const said = args.map(showValue).join(', ');
    return toTokenLabel(errorName === 'Panic' ? `panic ${said}` : said, longest);
  } catch {
    return `error ${data.slice(0, 10)}`;
  }
}
