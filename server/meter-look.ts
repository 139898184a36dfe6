import { v7 } from 'uuid';
import type { Actor } from '#server/contract/actor.ts';
import type { AgentDefinition } from '#server/contract/agent-definition.ts';
import type { Usage } from '#server/contract/run-event.ts';
import { createLookRepository, type Look } from '#server/features/runs/look-repository.ts';
import type { BudgetService } from '#server/features/usage/budget-service.ts';
import type { Database } from '#server/platform/database.ts';

type Needs = { database: Database; budgets: Pick<BudgetService, 'openAllowance'>; now: () => Date };
type Answered = { model: string; usage: Usage; costUsd: number | null };
type Asked = {
  actor: Actor;
  agent: { id: string; budget: AgentDefinition['budget'] };
  startedBy: Look['startedBy'];
};

/** Lets a model be asked once for a person within their budgets and the agent's, and counts what it cost as usage. */
export function createLookMeter({ database, budgets, now }: Needs) {
  const looks = createLookRepository({ database });

  /** @throws {HubError} `budget_exceeded`, and what `ask` throws */
  return async <Answer extends Answered>(
    { actor, agent, startedBy }: Asked,
    ask: () => Promise<Answer | null>,
  ): Promise<{ answer: Answer; tokens: number } | null> => {
    const startedAt = now();
    const look = v7();
    // The call belongs to no conversation.
    const allowance = await budgets.openAllowance({
      run: look,
      actor,
      agentId: agent.id,
      conversationId: look,
      budget: agent.budget,
    });
    let spent: { tokens: number; costUsd: number | null } = { tokens: 0, costUsd: 0 };
    try {
      const answer = await ask();
      if (answer === null) return null;
      const { model, usage, costUsd } = answer;
      spent = { tokens: usage.inputTokens + usage.outputTokens, costUsd };
      await looks.add({
        startedBy,
        agentId: agent.id,
        userId: actor.userId,
        apiKeyId: actor.key?.id ?? null,
        model,
        usage,
        costUsd,
        startedAt,
        endedAt: now(),
      });
      return { answer, tokens: spent.tokens };
    } finally {
      allowance.close(spent);
    }
  };
}
