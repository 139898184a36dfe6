import type { ChainReader } from '#server/contract/chain-readings.ts';
import { createContractAuditRepository } from '#server/features/contract-audits/contract-audit-repository.ts';
import { createContractAuditService } from '#server/features/contract-audits/contract-audit-service.ts';
import type { Database } from '#server/platform/database.ts';
import { writePdf } from '#server/platform/documents/write-pdf.ts';
import { createContractAuditor } from '#server/platform/solidity/contract-auditor.ts';
import type { DrawChart } from '#server/runtime/tools/ports.ts';

type Needs = {
  database: Database;
  /** Where the build put the workers. */
  workersFolder: URL;
  chains: Pick<ChainReader, 'read'>;
  drawChart: DrawChart;
  now: () => Date;
};

/** The contract audits' part of the wiring: who reads Solidity, and who keeps the reports. */
export function openContractAudits({ database, workersFolder, chains, drawChart, now }: Needs) {
  const { audit, unpack, close } = createContractAuditor({ workerFile: new URL('solidity-worker.js', workersFolder) });
  const service = createContractAuditService({
    repository: createContractAuditRepository({ database }),
    auditSources: audit,
    readSource: (wanted) => chains.read('source', wanted),
    unpack,
    drawChart: async (specification, signal) => (await drawChart(specification, { signal })).svg,
    writePdf,
    now,
  });
  return { audit, service, close };
}
