import { z } from 'zod';
import { requireChains, shorten, whenNoChains, whileChainsStay } from './chain-parameter.ts';
import { Amount, Block } from './chain-output.ts';
import type { ToolPorts } from './ports.ts';
import { defineTool } from './tool.ts';

const Output = z.object({
  address: z.string(),
  balance: z.string().describe('The exact balance with its symbol, e.g. "1.5 USDC".'),
  amount: Amount,
  token: z.object({ address: z.string(), name: z.string() }).nullable().describe("Null for the chain's own coin."),
  block: Block,
  explorerUrl: z.string(),
});

/** Reads what an address holds: the chain's own coin or an ERC-20 token, exact, at a named block. */
export function createTokenBalanceTool({ chains }: Pick<ToolPorts, 'chains'>) {
  const input = whileChainsStay(chains, (chain) =>
    z.strictObject({
      chain,
      address: z
        .string()
        .trim()
        .min(3)
        .max(255)
        .describe('The address to look at: 0x and 40 hexadecimal digits (or an ENS name).'),
      token: z
        .string()
        .trim()
        .min(2)
        .max(64)
        .optional()
        .describe("The token's contract address, or USDC, USDT, DAI, WETH. Left out: the chain's own coin."),
    }),
  );
  return defineTool({
    id: 'token-balance',
    title: { en: 'Token balance', zh: '代币余额' },
    description: {
      en:
        'Reads the exact balance of an address on a chain: the native coin (ETH, POL) or an ERC-20 token. Gives amount, block, time and explorer link. ' +
        'Use it when a message asks what a wallet or contract holds.',
      zh: '查询链上地址的精确余额：原生币（ETH、POL）或 ERC-20 代币，附区块、时间和浏览器链接。询问钱包或合约持有多少时使用。',
    },
    category: 'on-chain',
    effect: 'read',
    untrusted: true,
    get input() {
      return input();
    },
    output: Output,
    timeoutMs: 30_000,
    maximumResultBytes: 16_000,
    unavailable: () => whenNoChains(chains),
    intent: ({ chain, address, token }, language) => {
      const what = token === undefined ? '' : ` ${shorten(token)}`;
      return language === 'zh'
        ? `在 ${chain} 上查询 ${shorten(address)} 的${what}余额`
        : `Reading the${what} balance of ${shorten(address)} on ${chain}`;
    },
    run: async ({ chain, address, token }, { signal }) => {
      const reading = await requireChains(chains).readBalance({ chain, address, token, signal });
      const { amount, block } = reading;
      const balance = `${amount.formatted} ${amount.symbol}`;
      return {
        output: { ...reading, balance },
        sources: [
          {
            title: `${block.chain}: balance of ${reading.address}`,
            url: reading.explorerUrl,
            excerpt: `${balance} (${amount.raw} in smallest units) at block ${block.number}, ${block.timestamp}, chain ${block.chainId}, block hash ${block.hash}`,
          },
        ],
      };
    },
  });
}
