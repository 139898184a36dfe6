import { z } from 'zod';
import { AuditTopic, listOfTopic, sayOfTopic } from '#server/contract/audit-topics.ts';
import { AuditReport, FindingConfidence, FindingSeverity } from '#server/contract/contract-audit.ts';

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
  rules: z.array(z.string()).describe('Rules of other programs that say the same.'),
  patch: z.string().nullable().describe('A unified diff that would mend it, where one can be proposed.'),
});

/** What a tool tells of an audit. */
export const AuditOutput = z.object({
  answer: z.string().optional().describe('What was found on the topic that was asked about. Say it first.'),
  lines: z.number().int(),
  contracts: z.array(z.string()),
  total: z.number().int().describe('All findings, also those that are left out here or of other topics.'),
  findings: z.array(Finding).describe('The worst first. There are no others: what is not in this list was not found.'),
  unread: AuditReport.shape.unread,
  missingImports: z.array(z.string()),
  compiler: z.string().describe('Whether the source compiles.'),
});

/** The matter that is asked about, where it is one. */
export const auditTopic = AuditTopic.describe(
  'Only where one matter is asked about ("is it safe against re-entrancy?"): the answer to that and its findings, and no others.',
).optional();

/** The worst findings in the reader's language, with what could not be looked at. */
export function toAuditOutput(
  report: AuditReport,
  { language, topic }: { language: 'en' | 'zh'; topic?: AuditTopic | undefined },
): z.infer<typeof AuditOutput> {
  const { compilation, findings: all, unread, missingImports, lines, contracts } = report;
  const findings = topic === undefined ? all : listOfTopic(all, topic);
  return {
    ...(topic === undefined ? {} : { answer: sayOfTopic(all, topic)[language] }),
    lines,
    contracts,
    total: all.length,
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
      rules: finding.rules,
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
  };
}
