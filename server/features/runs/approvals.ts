import { v7 } from 'uuid';
import type { ApprovalDecision } from '#server/contract/run.ts';

export type ApprovalOutcome = { decision: 'approved' | 'refused' | 'expired'; reason?: string };

const waitMs = 15 * 60_000;

/** The open approvals of one run; each is decided once, or expires. */
export function createApprovals({ now }: { now: () => Date }) {
  const open = new Map<string, (outcome: ApprovalOutcome) => void>();
  let tellWaiting = (_isWaiting: boolean) => {};
  return {
    request: (signal: AbortSignal) => {
      const approval = v7();
      const decision = new Promise<ApprovalOutcome>((resolve) => {
        const settle = (outcome: ApprovalOutcome) => {
          clearTimeout(timer);
          if (open.delete(approval) && open.size === 0) tellWaiting(false);
          resolve(outcome);
        };
        const timer = setTimeout(() => settle({ decision: 'expired' }), waitMs);
        signal.addEventListener('abort', () => settle({ decision: 'expired' }), { once: true });
        open.set(approval, settle);
        if (open.size === 1) tellWaiting(true);
        if (signal.aborted) settle({ decision: 'expired' });
      });
      return { approval, expiresAt: new Date(now().getTime() + waitMs).toISOString(), decision };
    },
    /** False when there is no such open approval. */
    decide: (approval: string, { decision, reason }: ApprovalDecision): boolean => {
      const settle = open.get(approval);
      settle?.({
        decision: decision === 'approve' ? 'approved' : 'refused',
        ...(reason === undefined ? {} : { reason }),
      });
      return settle !== undefined;
    },
    isWaiting: () => open.size > 0,
    /** Tells one listener when the run begins to wait for a person, and when it no longer does. */
    watch: (listener: (isWaiting: boolean) => void): void => {
      tellWaiting = listener;
    },
  };
}
export type Approvals = ReturnType<typeof createApprovals>;
