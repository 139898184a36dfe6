import { z } from 'zod';
import { SourceOrigin } from '#server/contract/contract-source.ts';
import { toChainName } from '#server/contract/to-chain-name.ts';
import { AuditOutput, auditTopic, toAuditOutput } from '#server/runtime/tools/audit-output.ts';
import type { ToolPorts } from '#server/runtime/tools/ports.ts';
import { contract } from './chain-fields.ts';
import { shorten } from './chain-parameter.ts';
import { defineChainTool } from './define-chain-tool.ts';
import { chainOfIt, readWhereItIs } from './read-where-it-is.ts';

/** Audits a contract that stands on a chain, by its verified source. */
export function createAuditDeployedContractTool(ports: Pick<ToolPorts, 'chains' | 'auditContract'>) {
  return defineChainTool(ports, {
    id: 'audit-deployed-contract',
    title: { en: 'Audit a deployed contract', zh: '审计已部署的合约' },
    description: {
      en:
        'Audits the contract that stands at an address on a chain by its verified source; behind a proxy that of the implementation. ' +
        'Explain and rank what it found, name each by its id, and add no finding of your own.',
      zh: '按地址审计链上已部署的合约，使用其已验证源码；代理合约则审计其实现。消息中有合约地址并要求审计时使用。',
    },
    input: (chain) => z.strictObject({ chain: chainOfIt(chain), contract, topic: auditTopic }),
    output: AuditOutput.extend({ origin: SourceOrigin, files: z.number().int() }),
    timeoutMs: 120_000,
    maximumResultBytes: 64_000,
    intent: ({ chain, contract }, language) =>
      language === 'zh'
        ? `审计${chain === undefined ? '' : ` ${chain} 上的`}合约 ${shorten(contract)}`
        : `Auditing ${shorten(contract)}${chain === undefined ? '' : ` on ${chain}`}`,
    read: async ({ chain, contract, topic }, { reader, signal, language }) => {
      const { origin, files, settings } = await readWhereItIs({ reader, chain, signal }, (place) =>
        reader.read('source', { contract, chain: place, signal }),
      );
      const report = await ports.auditContract(files, signal, settings);
      return {
        output: { ...toAuditOutput(report, { language, topic }), origin, files: files.length },
        sources: [
          {
            title:
              language === 'zh'
                ? `${toChainName(origin.chain, language)}：${origin.name} ${origin.implementation ?? origin.address} 的源码`
                : `${origin.chain}: source of ${origin.name} ${origin.implementation ?? origin.address}`,
            url: origin.explorerUrl,
            excerpt:
              language === 'zh'
                ? `${files.length} 个文件，来自 ${origin.from}，编译器 ${origin.compiler}`
                : `${files.length} files by ${origin.from}, compiled with ${origin.compiler}`,
          },
        ],
      };
    },
  });
}
