import { type Address, parseSignature, parseUnits, toHex } from 'viem';
import { mnemonicToAccount } from 'viem/accounts';
import { accountIndex } from './devnet-accounts.ts';
import { devnetChain, devnetMnemonic } from './devnet-chain.ts';
import type { ContractPlan } from './plan-contracts.ts';
import type { PlannedBlock } from './plan-setup.ts';

const everyBlocks = 28;
/** What is signed of a payment (EIP-3009). */
export const authorization = [
  { name: 'from', type: 'address' },
  { name: 'to', type: 'address' },
  { name: 'value', type: 'uint256' },
  { name: 'validAfter', type: 'uint256' },
  { name: 'validBefore', type: 'uint256' },
  { name: 'nonce', type: 'bytes32' },
] as const;

/** Adds payments that were signed and handed in by somebody else (EIP-3009): Ada and Ben pay the weather shop each week. */
export async function planPayments({
  accounts,
  plan,
  blocks,
}: {
  accounts: readonly Address[];
  plan: ContractPlan;
  blocks: readonly PlannedBlock[];
}): Promise<PlannedBlock[]> {
  const facilitator = accounts[accountIndex('Payment facilitator')];
  const shop = accounts[accountIndex('Weather shop')];
  if (facilitator === undefined || shop === undefined) throw new Error('Anvil has too few accounts.');
  const payers = ['Ada', 'Ben'].map((label) =>
    mnemonicToAccount(devnetMnemonic, { addressIndex: accountIndex(label) }),
  );
  return await Promise.all(
    blocks.map(async (block, index) => {
      const payer = payers[(index / everyBlocks) % payers.length];
      if (index === 0 || index % everyBlocks !== 0 || payer === undefined) return block;
      const message = {
        from: payer.address,
        to: shop,
        value: parseUnits('0.25', 6),
        validAfter: 0n,
        validBefore: BigInt(block.timestamp + 300),
        nonce: toHex(index, { size: 32 }),
      };
      const { v, r, s } = parseSignature(
        await payer.signTypedData({
          domain: {
            name: 'Devnet Dollar',
            version: '1',
            chainId: devnetChain.id,
            verifyingContract: plan.at('Devnet Dollar'),
          },
          types: { TransferWithAuthorization: authorization },
          primaryType: 'TransferWithAuthorization',
          message,
        }),
      );
      const handedIn = plan.call('Devnet Dollar', 'transferWithAuthorization', ...Object.values(message), v, r, s);
      return { ...block, calls: [...block.calls, { from: facilitator, gas: 150_000n, ...handedIn }] };
    }),
  );
}
