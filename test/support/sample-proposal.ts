import type { TransactionProposal } from '#server/contract/transaction-proposal.ts';

const amount = (raw: string, formatted: string, symbol = 'USDC', decimals = 6) => ({
  raw,
  formatted,
  decimals,
  symbol,
});
const none = amount('0', '0');

export const proposalSender = '0x1CBd3b2770909D4e10f157cABC84C7264073C9Ec';
export const proposalReceiver = '0xdF3e18d64BC6A983f673Ab319CCaE4f1a57C7097';
const usdc = '0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48';

/** A transfer of 12.5 USDC that was tried just now. */
export function makeProposal(change: Partial<TransactionProposal> = {}): TransactionProposal {
  const data = `0xa9059cbb${proposalReceiver.slice(2).toLowerCase().padStart(64, '0')}${'bebc20'.padStart(64, '0')}`;
  return {
    transaction: { chainId: 1, from: proposalSender, to: usdc, value: '0x0', data, gas: '0xa1fc' },
    network: {
      slug: 'ethereum',
      name: 'Ethereum',
      isTestnet: false,
      currency: { name: 'Ether', symbol: 'ETH', decimals: 18 },
      explorerUrl: 'https://etherscan.io',
      rpcUrls: ['https://ethereum-rpc.publicnode.com'],
    },
    effect: {
      kind: 'send-token',
      amount: amount('12500000', '12.5'),
      isUnlimited: false,
      token: { address: usdc, symbol: 'USDC', isWellKnown: true },
      counterparty: proposalReceiver,
    },
    walletLink: `ethereum:${usdc}@1/transfer?address=${proposalReceiver}&uint256=12500000`,
    fee: amount('82936000207340', '0.00008293600020734', 'ETH', 18),
    simulation: {
      succeeds: true,
      reason: null,
      from: proposalSender,
      to: usdc,
      value: amount('0', '0', 'ETH', 18),
      call: {
        name: 'transfer',
        arguments: [{ name: 'amount', type: 'uint256', value: '12.5 USDC (12500000 in smallest units)' }],
      },
      data,
      gas: '34557',
      results: [],
      changes: [
        { address: proposalSender, token: usdc, received: none, sent: none, net: amount('-12500000', '-12.5') },
        { address: proposalReceiver, token: usdc, received: none, sent: none, net: amount('12500000', '12.5') },
      ],
      warnings: [],
      partial: null,
      block: {
        chainId: 1,
        chain: 'Ethereum',
        number: '21000000',
        hash: `0x${'1'.repeat(64)}`,
        timestamp: '2026-11-28T12:00:00.000Z',
        explorerUrl: 'https://etherscan.io/block/21000000',
      },
    },
    simulatedAt: new Date().toISOString(),
    warnings: [],
    ...change,
  };
}
