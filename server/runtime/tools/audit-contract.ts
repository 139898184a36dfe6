import { z } from 'zod';
import {
  AuditReport,
  FindingConfidence,
  FindingSeverity,
  mostSourceCharacters,
} from '#server/contract/contract-audit.ts';
import type { ToolPorts } from './ports.ts';
import { defineTool } from './tool.ts';

const mostFindings = 40;
const largestPatch = 1_200;

const Finding = z.object({
  id: z.string().describe('The finding’s number; an answer that speaks of it names it.'),
  severity: FindingSeverity,
  confidence: FindingConfidence,
  title: z.string(),
  place: z.string().describe('File, line and column.'),
  in: z.string().nullable().describe('Contract and function.'),
  why: z.string(),
  advice: z.string(),
  weaknesses: z.array(z.string()),
  patch: z.string().nullable().describe('A unified diff that would mend it, where one can be proposed.'),
});

const Output = z.object({
  lines: z.number().int(),
  contracts: z.array(z.string()),
  total: z.number().int().describe('All findings, also those that are left out here.'),
  findings: z.array(Finding).describe('The worst first. There are no others: what is not in this list was not found.'),
  unread: AuditReport.shape.unread,
  missingImports: z.array(z.string()),
  compiler: z.string().describe('Whether the source compiles.'),
});

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
        .describe('The Solidity source code, whole and unchanged.'),
    }),
    output: Output,
    timeoutMs: 90_000,
    maximumResultBytes: 64_000,
    intent: (_, language) => (language === 'zh' ? '审计合约源码' : 'Auditing the contract’s source'),
    run: async ({ source_code: content }, { signal, language }) => {
      const report = await auditContract([{ path: 'contract.sol', content }], signal);
      const { compilation, findings, unread, missingImports, lines, contracts } = report;
      return {
        output: {
          lines,
          contracts,
          total: findings.length,
          findings: findings.slice(0, mostFindings).map((finding) => ({
            id: finding.id,
            severity: finding.severity,
            confidence: finding.confidence,
            title: finding.title[language],
            place: `${finding.place.file}:${finding.place.line}:${finding.place.column}`,
            in: [finding.contract, finding.function].filter((name) => name !== null).join('.') || null,
            why: finding.why[language],
            advice: finding.advice[language],
            weaknesses: finding.weaknesses,
            patch: finding.patch !== null && finding.patch.diff.length <= largestPatch ? finding.patch.diff : null,
          })),
          unread,
          missingImports,
          compiler:
            compilation.status === 'not-run'
              ? compilation.reason[language]
              : compilation.status === 'done'
                ? `solc ${compilation.version}: ✓`
                : `solc ${compilation.version}: ${compilation.errors[0] ?? ''}`.slice(0, 500),
        },
      };
    },
  });
}
