import { v7 } from 'uuid';
import type { Actor } from '#server/contract/actor.ts';
import type { AgentDefinition } from '#server/contract/agent-definition.ts';
import type { RunEventOf } from '#server/contract/run-event.ts';
import { type Spent, sumSpent } from '#server/contract/spent.ts';
import { createLookRepository, type Look } from '#server/features/runs/look-repository.ts';
import type { BudgetService } from '#server/features/usage/budget-service.ts';
import type { Database } from '#server/platform/database.ts';
import type { ChosenModels } from '#server/runtime/to-candidates.ts';

type Needs = { database: Database; budgets: Pick<BudgetService, 'openAllowance'>; now: () => Date };
type Asked = {
  actor: Actor;
  agent: { id: string; budget: AgentDefinition['budget'] };
  startedBy: Look['startedBy'];
  /** Whose budget it is part of; none, unless told. */
  conversationId?: string;
  chosen: Pick<ChosenModels, 'targets'>;
};
/** Told of each call of a model, also where no model answers. */
type Count = (call: RunEventOf<'usage'>) => void;

/**
 * Lets models be asked once for a person within their budgets and the agent's, and counts all that it took as usage: also
 * what broke off, and where nobody answered.
 */
export function createLookMeter({ database, budgets, now }: Needs) {
  const looks = createLookRepository({ database });

  /** @throws {HubError} `budget_exceeded`, and what `ask` throws */
  return async <Answer>(
    { actor, agent, startedBy, conversationId, chosen }: Asked,
    ask: (count: Count) => Promise<Answer | null>,
  ): Promise<{ answer: Answer | null; spent: Spent }> => {
    const id = v7();
    const startedAt = now();
    const allowance = await budgets.openAllowance({
      run: id,
      actor,
      agentId: agent.id,
      conversationId: conversationId ?? id,
      budget: agent.budget,
      payer: chosen.targets[0].ownerId,
    });
    const used: RunEventOf<'usage'>[] = [];
    let hasFailed = true;
    try {
      const answer = await ask((call) => used.push(call));
      hasFailed = false;
      return { answer, spent: sumSpent(used) };
    } finally {
      const last = used.at(-1);
      try {
        if (last !== undefined) {
          await looks.add({
            id,
            startedBy,
            agentId: agent.id,
            userId: actor.userId,
            apiKeyId: actor.key?.id ?? null,
            model: last.model,
            used,
            hasFailed,
            startedAt,
            endedAt: now(),
          });
        }
      } finally {
        allowance.close(sumSpent(used));
      }
    }
  };
}
export type LookMeter = ReturnType<typeof createLookMeter>;
