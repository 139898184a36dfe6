import type { Agent } from '#server/contract/agent.ts';
import { type Exchange, proposeEval } from '#web/features/evals/propose-eval.ts';
import { EvalDialog } from './eval-dialog.tsx';

/** What was tried, as a new test to be looked over and saved. */
export function ProposedEval({ agent, exchange, onClose }: { agent: Agent; exchange: Exchange; onClose: () => void }) {
  return (
    <EvalDialog
      open
      onOpenChange={(open) => open || onClose()}
      agent={agent}
      stored={null}
      values={proposeEval(exchange)}
    />
  );
}
