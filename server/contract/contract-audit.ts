import { z } from 'zod';
import { SourceOrigin } from './contract-source.ts';
import { Identifier, Timestamp } from './identifier.ts';
import { LocalizedText } from './localized-text.ts';

/** The worst first; `gas` is no weakness but waste. */
export const FindingSeverity = z.enum(['critical', 'high', 'medium', 'low', 'gas']);
export type FindingSeverity = z.infer<typeof FindingSeverity>;

export const FindingConfidence = z.enum(['high', 'medium', 'low']);
export type FindingConfidence = z.infer<typeof FindingConfidence>;

/** One weakness at one place. The same sources give the same ids. */
export const AuditFinding = z.object({
  /** `F1`, `F2` …, the worst first. */
  id: z.string(),
  detector: z.string(),
  /** Numbers of the SWC registry and of OWASP's SCWE. */
  weaknesses: z.array(z.string()),
  /** Rules of other programs that say the same, such as `solhint: avoid-tx-origin`. */
  rules: z.array(z.string()).default([]),
  severity: FindingSeverity,
  confidence: FindingConfidence,
  title: LocalizedText,
  why: LocalizedText,
  advice: LocalizedText,
  /** Lines and columns from 1; the end column is the first one behind. */
  place: z.object({
    file: z.string(),
    line: z.number().int(),
    column: z.number().int(),
    endLine: z.number().int(),
    endColumn: z.number().int(),
  }),
  contract: z.string().nullable(),
  function: z.string().nullable(),
  /** What would mend it, as a unified diff. `compiles` is null where the compiler did not look at it. */
  patch: z.object({ diff: z.string(), compiles: z.boolean().nullable() }).nullable(),
});
export type AuditFinding = z.infer<typeof AuditFinding>;

/** A file that is no Solidity, and where that shows. */
export const UnreadSource = z.object({
  path: z.string(),
  line: z.number().int(),
  column: z.number().int(),
  problem: z.string(),
});
export type UnreadSource = z.infer<typeof UnreadSource>;

const StorageEntry = z.object({
  name: z.string(),
  type: z.string(),
  slot: z.string(),
  offset: z.number().int(),
});

/** What the compiler said; `not-run` says why it was not asked. */
export const AuditCompilation = z.discriminatedUnion('status', [
  z.object({
    status: z.literal('done'),
    version: z.string(),
    contracts: z.array(
      z.object({
        name: z.string(),
        file: z.string(),
        /** Of the deployed code, not optimised. */
        bytecodeBytes: z.number().int(),
        storage: z.array(StorageEntry),
      }),
    ),
    warnings: z.array(z.string()),
  }),
  z.object({ status: z.literal('failed'), version: z.string(), errors: z.array(z.string()) }),
  z.object({ status: z.literal('not-run'), reason: LocalizedText }),
]);
export type AuditCompilation = z.infer<typeof AuditCompilation>;

export const mostSourceFiles = 200;
export const mostSourceCharacters = 2_000_000;

const SourcePath = z
  .string()
  .trim()
  .min(1)
  .max(300)
  .regex(/^[^\0-\x1f\x7f:\\]+$/u, 'A plain path, such as "contracts/Token.sol".');
export const AuditSource = z.strictObject({
  path: SourcePath,
  content: z.string().max(mostSourceCharacters),
});
export type AuditSource = z.infer<typeof AuditSource>;

/** What is audited: Solidity files, whose imports are looked for among them, or a contract whose source is verified. */
export const CreateContractAuditInput = z
  .strictObject({
    title: z.string().trim().min(1).max(120).optional(),
    files: z.array(AuditSource).min(1).max(mostSourceFiles).optional(),
    chain: z.string().trim().min(1).max(60).optional(),
    address: z.string().trim().min(1).max(80).optional(),
  })
  .refine(
    ({ files, chain, address }) =>
      files === undefined ? chain !== undefined && address !== undefined : chain === undefined && address === undefined,
    { message: 'Give files, or a chain and an address.' },
  );
export type CreateContractAuditInput = z.infer<typeof CreateContractAuditInput>;

/** What an audit found, without the sources. */
export const AuditReport = z.object({
  findings: z.array(AuditFinding),
  unread: z.array(UnreadSource),
  /** Imports that were not given; nothing is fetched. */
  missingImports: z.array(z.string()),
  contracts: z.array(z.string()),
  lines: z.number().int(),
  /** There were more findings than are kept. */
  isCut: z.boolean(),
  compilation: AuditCompilation,
  durationMs: z.number().int(),
  /** Null: the sources were given. */
  origin: SourceOrigin.nullable().default(null),
});
export type AuditReport = z.infer<typeof AuditReport>;

export const SeverityCounts = z.record(FindingSeverity, z.number().int());
export type SeverityCounts = z.infer<typeof SeverityCounts>;

export const ContractAuditSummary = z.object({
  id: Identifier,
  title: z.string(),
  counts: SeverityCounts,
  lines: z.number().int(),
  createdAt: Timestamp,
});
export type ContractAuditSummary = z.infer<typeof ContractAuditSummary>;

export const ContractAudit = ContractAuditSummary.extend({
  files: z.array(z.object({ path: z.string(), content: z.string() })),
  report: AuditReport,
});
export type ContractAudit = z.infer<typeof ContractAudit>;
