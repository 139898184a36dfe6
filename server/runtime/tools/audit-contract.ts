import { z } from 'zod';
import { mostSourceCharacters } from '#server/contract/contract-audit.ts';
import { AuditOutput, auditTopic, toAuditOutput } from './audit-output.ts';
import type { ToolPorts } from './ports.ts';
import { splitSources } from './split-sources.ts';
import { defineTool } from './tool.ts';

/** Audits Solidity that is pasted or attached. The detectors find; the model explains and ranks. */
export function createAuditContractTool({ auditContract }: Pick<ToolPorts, 'auditContract'>) {
  return defineTool({
    id: 'audit-contract',
    title: { en: 'Audit a contract', zh: '审计合约' },
    description: {
      en:
        'Audits a smart contract written in Solidity: finds weaknesses (re-entrancy, access control, oracles, signatures and some fifty more) with place, severity, advice and patch. ' +
        'Use it when a message has Solidity source and asks for an audit, a review, weaknesses or security. Explain and rank what it found, name each by its id, and add no finding of your own.',
      zh: '审计 Solidity 智能合约源码：找出重入、权限、预言机、签名等五十多种弱点，附位置、严重程度、建议和补丁。消息中有 Solidity 源码并要求审计、检查漏洞或安全性时使用。',
    },
    category: 'on-chain',
    effect: 'read',
    untrusted: true,
    input: z.strictObject({
      source_code: z
        .string()
        .min(1)
        .max(mostSourceCharacters)
        .describe(
          'The Solidity source code, whole and unchanged. Begin each of several files with a line such as "// File: src/Bank.sol".',
        ),
      topic: auditTopic,
    }),
    output: AuditOutput,
    timeoutMs: 90_000,
    maximumResultBytes: 64_000,
    intent: (_, language) => (language === 'zh' ? '审计合约源码' : 'Auditing the contract’s source'),
    run: async ({ source_code: content, topic }, { signal, language }) => {
      const report = await auditContract(splitSources(content), signal);
      return { output: toAuditOutput(report, { language, topic }) };
    },
  });
}
