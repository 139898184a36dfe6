import { type Abi, type Address, decodeErrorResult, type Hex, isHex, parseAbi } from 'viem';
import type { ChainContext } from './chain-context.ts';
import type { RpcError } from './rpc-fault.ts';
import { showValue } from './show-arguments.ts';
import { toTokenLabel } from './token-label.ts';

const longest = 200;

/** Of ERC-6093 and of what most contracts take their owner from. */
const wellKnown = parseAbi([
  'error ERC20InsufficientBalance(address sender, uint256 balance, uint256 needed)',
  'error ERC20InsufficientAllowance(address spender, uint256 allowance, uint256 needed)',
  'error ERC20InvalidSender(address sender)',
  'error ERC20InvalidReceiver(address receiver)',
  'error ERC721NonexistentToken(uint256 tokenId)',
  'error ERC721IncorrectOwner(address sender, uint256 tokenId, address owner)',
  'error ERC721InsufficientApproval(address operator, uint256 tokenId)',
  'error ERC1155InsufficientBalance(address sender, uint256 balance, uint256 needed, uint256 tokenId)',
  'error OwnableUnauthorizedAccount(address account)',
  'error EnforcedPause()',
]);

/** A contract's own words, a stranger's text; null where they are of an error that the ABI does not have. */
function decodeReason(data: Hex, abi: Abi): string | null {
  try {
    const { errorName, args = [] } = decodeErrorResult({ data, abi });
    const said = args.map(showValue).join(', ');
    const reason = errorName === 'Error' ? said : errorName === 'Panic' ? `panic ${said}` : `${errorName}(${said})`;
    return toTokenLabel(reason, longest);
  } catch {
    return null;
  }
}

/** Why a contract refused; errors of its own are named by its verified source, where there is one. */
export async function explainRevert(
  { findVerifiedAbi, signal }: Pick<ChainContext, 'findVerifiedAbi' | 'signal'>,
  contract: Address,
  { data }: Pick<RpcError, 'data'>,
): Promise<string> {
  if (!isHex(data) || data.length < 10) return 'it gave no reason';
  const reason = decodeReason(data, wellKnown);
  if (reason !== null) return reason;
  const abi = await findVerifiedAbi(contract).catch(() => {
    signal.throwIfAborted();
    return null;
  });
  return (abi && decodeReason(data, abi)) ?? `error ${data.slice(0, 10)}`;
}
