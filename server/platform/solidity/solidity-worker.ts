import { serveTasks } from '#server/platform/workers/serve-tasks.ts';
import type { AuditSource } from '#server/contract/contract-audit.ts';
import { auditSources, type SourceAudit } from './audit-sources.ts';
import { readSourceZip } from './read-source-zip.ts';

export type SolidityTask =
  | { kind: 'audit'; files: AuditSource[]; remappings: string[] }
  | { kind: 'unpack'; zip: Uint8Array };

serveTasks(async (task: SolidityTask): Promise<SourceAudit | AuditSource[]> => {
  switch (task.kind) {
    case 'audit':
      return auditSources(task.files, task.remappings);
    case 'unpack':
      return readSourceZip(task.zip);
  }
});
