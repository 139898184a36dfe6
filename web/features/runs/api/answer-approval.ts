import type { ApprovalDecision } from '#server/contract/run-wait.ts';
import { request } from '#web/lib/api-client.ts';

export function answerApproval(run: string, approval: string, decision: ApprovalDecision): Promise<void> {
  const path = `/api/runs/${encodeURIComponent(run)}/approvals/${encodeURIComponent(approval)}`;
  return request({ path, method: 'POST', body: decision });
}
