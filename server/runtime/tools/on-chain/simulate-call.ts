import { z } from 'zod';
import { Simulation } from '#server/contract/chain-readings.ts';
import type { ToolPorts } from '#server/runtime/tools/ports.ts';
import { block, calledFunction, sender } from './chain-fields.ts';
import { shorten } from './chain-parameter.ts';
import { defineChainTool, toChainSource } from './define-chain-tool.ts';

/** What a call would do, without sending it. */
export function createSimulateCallTool(ports: Pick<ToolPorts, 'chains'>) {
  return defineChainTool(ports, {
    id: 'simulate-call',
    title: { en: 'Simulate a call', zh: '模拟调用' },
    description: {
      en: 'Simulates a transaction or call without sending it: whether it succeeds, what it returns, gas, and the balance changes of each address. Takes state overrides.',
      zh: '模拟一笔交易或调用而不发送：是否成功、返回值、Gas，以及各地址的余额变化。支持状态覆盖。',
    },
    input: (chain) =>
      z.strictObject({
        chain,
        from: sender,
        to: z.string().trim().min(3).max(255).describe('The contract address or receiver.'),
        value: z
          .union([z.number().nonnegative(), z.string().trim().max(80)])
          .describe('Coins to send along, in whole coins such as 0.5.')
          .optional(),
        ...calledFunction,
        block,
        overrides: z
          .array(
            z.strictObject({
              address: z.string(),
              balance: z.string().optional(),
              code: z.string().optional(),
              storage: z.record(z.string(), z.string()).optional(),
            }),
          )
          .max(20)
          .describe('What is to be different: balance in smallest units, code, storage slots.')
          .optional(),
      }),
    output: Simulation,

    intent: ({ chain, to }, language) =>
      language === 'zh' ? `模拟在 ${chain} 上调用 ${shorten(to)}` : `Simulating a call of ${shorten(to)} on ${chain}`,
    read: async ({ value, ...input }, { reader, signal, language }) => {
      const coins = value === undefined ? {} : { value: String(value) };
      const simulation = await reader.read('simulation', { ...input, ...coins, signal });
      return {
        output: simulation,
        sources: [
          toChainSource(
            simulation.block,
            {
              title: { en: `simulated call of ${simulation.to}`, zh: `模拟调用 ${simulation.to}` },
              url: simulation.block.explorerUrl,
              fact: {
                en: simulation.succeeds ? `succeeds, ${simulation.gas ?? 'unknown'} gas` : 'fails',
                zh: simulation.succeeds ? `成功，${simulation.gas ?? '未知'} gas` : '失败',
              },
            },
            language,
          ),
        ],
      };
    },
  });
}
