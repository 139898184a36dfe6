import type { Act } from '#server/contract/audit.ts';
import { createAuditRepository } from '#server/features/audit/audit-repository.ts';
import { createAuditService } from '#server/features/audit/audit-service.ts';
import type { HubData } from './with-hub-data.ts';

/** Tells the audit what the command line did. */
export async function keepCommand(data: Pick<HubData, 'database'>, act: Act): Promise<void> {
  await createAuditService({ repository: createAuditRepository(data) }).keepCommand(act);
}
