import { z } from 'zod';
import { BalanceReading } from '#server/contract/chain-readings.ts';
import type { ToolPorts } from '#server/runtime/tools/ports.ts';
import { address, block, token } from './chain-fields.ts';
import { shorten } from './chain-parameter.ts';
import { defineChainTool, showAmount, toChainSource } from './define-chain-tool.ts';

const Output = z.object({
  ...BalanceReading.shape,
  balance: z.string().describe('The exact balance with its symbol, e.g. "1.5 USDC".'),
});

/** Reads what an address holds: the chain's own coin or an ERC-20 token, exact, at a named block. */
export function createTokenBalanceTool(ports: Pick<ToolPorts, 'chains'>) {
  return defineChainTool(ports, {
    id: 'token-balance',
    title: { en: 'Token balance', zh: '代币余额' },
    description: {
      en:
        'Reads the exact balance of an address on a chain: the native coin (ETH, POL) or an ERC-20 token. Gives amount, block, time and explorer link. ' +
        'Use it when a message asks what a wallet or contract holds.',
      zh: '查询链上地址的精确余额：原生币（ETH、POL）或 ERC-20 代币，附区块、时间和浏览器链接。询问钱包或合约持有多少时使用。',
    },
    input: (chain) =>
      z.strictObject({
        chain,
        address,
        token: token
          .describe("The token's contract address, or USDC, USDT, DAI, WETH. Left out: the chain's own coin.")
          .optional(),
        block,
      }),
    output: Output,
    intent: ({ chain, address, token }, language) => {
      const what = token === undefined ? '' : ` ${shorten(token)}`;
      return language === 'zh'
        ? `在 ${chain} 上查询 ${shorten(address)} 的${what === '' ? '' : `${what} `}余额`
        : `Reading the${what} balance of ${shorten(address)} on ${chain}`;
    },
    read: async (input, { reader, signal, language }) => {
      const reading = await reader.read('balance', { ...input, signal });
      const { amount } = reading;
      return {
        output: { ...reading, balance: showAmount(amount) },
        sources: [
          toChainSource(
            reading.block,
            {
              title: { en: `balance of ${reading.address}`, zh: `${reading.address} 的余额` },
              url: reading.explorerUrl,
              fact: {
                en: `${showAmount(amount)} (${amount.raw} in smallest units)`,
                zh: `${showAmount(amount)}（最小单位 ${amount.raw}）`,
              },
            },
            language,
          ),
        ],
      };
    },
  });
}
