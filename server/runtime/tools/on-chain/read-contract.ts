import { z } from 'zod';
import { ContractAnswer } from '#server/contract/chain-readings.ts';
import type { ToolPorts } from '#server/runtime/tools/ports.ts';
import { abi, block, callArguments, contract } from './chain-fields.ts';
import { shorten } from './chain-parameter.ts';
import { defineChainTool, toChainSource } from './define-chain-tool.ts';

/** Asks a contract one question. */
export function createReadContractTool(ports: Pick<ToolPorts, 'chains'>) {
  return defineChainTool(ports, {
    id: 'read-contract',
    title: { en: 'Read a contract', zh: '读取合约' },
    description: {
      en: 'Calls a read-only function of a contract (view, eth_call) and decodes the answer. The ABI comes from its verified source, a signature such as "balanceOf(address) returns (uint256)", or is pasted.',
      zh: '调用合约的只读函数（view、eth_call）并解码结果。ABI 来自已验证源码、函数签名（如“balanceOf(address) returns (uint256)”）或粘贴的内容。',
    },
    input: (chain) =>
      z.strictObject({
        chain,
        contract,
        function: z
          .string()
          .trim()
          .min(1)
          .max(2_000)
          .describe('The function: its name, or its signature with "returns (…)".'),
        arguments: callArguments,
        abi,
        block,
      }),
    output: ContractAnswer,

    intent: ({ chain, contract, function: name }, language) =>
      language === 'zh'
        ? `读取 ${chain} 上 ${shorten(contract)} 的 ${name}`
        : `Reading ${name} of ${shorten(contract)} on ${chain}`,
    read: async (input, { reader, signal, language }) => {
      const answer = await reader.read('contract', { ...input, signal });
      return {
        output: answer,
        sources: [
          toChainSource(
            answer.block,
            {
              title: { en: `${answer.function} of ${answer.contract}`, zh: `${answer.contract} 的 ${answer.function}` },
              url: answer.explorerUrl,
              fact: answer.results.map(({ value }) => value).join(', '),
            },
            language,
          ),
        ],
      };
    },
  });
}
