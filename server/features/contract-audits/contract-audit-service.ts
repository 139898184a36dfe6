import { v7 } from 'uuid';
import type { Actor } from '#server/contract/actor.ts';
import { createChartReports } from '#server/chart-reports.ts';
import { toAuditCharts } from '#server/contract/audit-charts.ts';
import {
  type AuditReport,
  type AuditSource,
  type ContractAudit,
  type ContractAuditSummary,
  type CreateContractAuditInput,
  FindingSeverity,
  mostSourceCharacters,
  mostSourceFiles,
} from '#server/contract/contract-audit.ts';
import type { CompilerSettings, ContractSource } from '#server/contract/contract-source.ts';
import type { JsonObject } from '#server/contract/json.ts';
import type { Page, PageQuery } from '#server/contract/page.ts';
import type { ReportBlock } from '#server/contract/report-block.ts';
import { readPageCursor, toPage } from '#server/page-cursor.ts';
import {
  auditNotFound,
  chartNotFound,
  notAllOfPerson,
  pathTwice,
  sourcesTooLarge,
  tooManyAudits,
  tooManyFiles,
} from './contract-audit-errors.ts';
import type { ContractAuditRepository } from './contract-audit-repository.ts';
import { toMarkdown, toReportBlocks } from './to-markdown.ts';

const mostAudits = 500;

type Needs = {
  repository: ContractAuditRepository;
  auditSources: (files: AuditSource[], signal: AbortSignal, settings?: CompilerSettings | null) => Promise<AuditReport>;
  /** The verified source of a contract. @throws {HubError} where there is none */
  readSource: (wanted: { chain: string; contract: string; signal: AbortSignal }) => Promise<ContractSource>;
  unpack: (zip: Uint8Array, signal: AbortSignal) => Promise<AuditSource[]>;
  drawChart: (specification: JsonObject, signal: AbortSignal) => Promise<string>;
  writePdf: (blocks: ReportBlock[]) => Uint8Array;
  now: () => Date;
};

/** Audits of contracts: made on request, kept for who asked, deleted by them. */
export function createContractAuditService({ repository, auditSources, readSource, unpack, now, ...ports }: Needs) {
  function check(actor: Actor): string {
    if (actor.visit !== undefined || (actor.key !== null && actor.key.agentIds.length > 0)) throw notAllOfPerson();
    return actor.userId;
  }

  async function create(
    actor: Actor,
    { title, files: given, chain = '', address = '' }: CreateContractAuditInput,
    signal: AbortSignal,
  ): Promise<ContractAudit> {
    const userId = check(actor);
    if (given !== undefined) checkFiles(given);
    if ((await repository.count(userId)) >= mostAudits) throw tooManyAudits(mostAudits);
    const source = given === undefined ? await readSource({ chain, contract: address, signal }) : null;
    const files = given ?? source?.files ?? [];
    if (source !== null) checkFiles(files);
    const found = await auditSources(files, signal, source?.settings ?? null);
    const report = { ...found, origin: source?.origin ?? null };
    const audit = {
      id: v7(),
      userId,
      title: title ?? source?.origin.name ?? report.contracts.at(-1) ?? files[0]?.path ?? '',
      files,
      report,
      createdAt: now(),
    };
    await repository.create(audit);
    return { ...toSummary(audit), files, report };
  }

  async function get(actor: Actor, id: string): Promise<ContractAudit> {
    const found = await repository.find(id, check(actor));
    if (found === null) throw auditNotFound();
    return { ...toSummary(found), files: found.files, report: found.report };
  }

  const writeMarkdown = async (actor: Actor, id: string, language: 'en' | 'zh'): Promise<string> =>
    toMarkdown(await get(actor, id), language);

  return {
    create,
    get,
    writeMarkdown,

    /** Audits the Solidity files of a zip. */
    createFromZip: async (actor: Actor, zip: Uint8Array, signal: AbortSignal): Promise<ContractAudit> => {
      check(actor);
      return create(actor, { files: await unpack(zip, signal) }, signal);
    },

    list: async (actor: Actor, { limit, cursor }: PageQuery): Promise<Page<ContractAuditSummary>> => {
      const found = await repository.list(check(actor), { after: readPageCursor(cursor), limit: limit + 1 });
      const page = toPage(found, limit, ({ createdAt, id }) => ({ at: createdAt, id }));
      return { ...page, items: page.items.map(toSummary) };
    },

    remove: async (actor: Actor, id: string): Promise<void> => {
      if (!(await repository.remove(id, check(actor)))) throw auditNotFound();
    },

    ...createChartReports({
      get,
      listCharts: ({ report }, language) => toAuditCharts(report.findings, language),
      toReport: toReportBlocks,
      chartNotFound,
      ...ports,
    }),
  };
}
export type ContractAuditService = ReturnType<typeof createContractAuditService>;

function checkFiles(files: AuditSource[]) {
  if (files.length > mostSourceFiles) throw tooManyFiles(files.length);
  if (files.reduce((sum, { content }) => sum + content.length, 0) > mostSourceCharacters) throw sourcesTooLarge();
  const seen = new Set<string>();
  for (const { path } of files) {
    if (seen.has(path)) throw pathTwice(path);
    seen.add(path);
  }
}

function toSummary({
  id,
  title,
  report,
  createdAt,
}: {
  id: string;
  title: string;
  report: AuditReport;
  createdAt: Date;
}): ContractAuditSummary {
  const counts = Object.fromEntries(
    FindingSeverity.options.map((severity) => [
      severity,
      report.findings.filter((finding) => finding.severity === severity).length,
    ]),
  ) as ContractAuditSummary['counts'];
  return { id, title, counts, lines: report.lines, createdAt: createdAt.toISOString() };
}
