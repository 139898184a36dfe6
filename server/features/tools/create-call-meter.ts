import { v7 } from 'uuid';
import type { Actor } from '#server/contract/actor.ts';
import type { Usage } from '#server/contract/run-event.ts';
import { nothingSpent, type Spent, sumSpent } from '#server/contract/spent.ts';
import type { ToolCallRepository } from './tool-call-repository.ts';

type Needs = {
  repository: ToolCallRepository;
  /** @throws {HubError} `budget_exceeded` */
  openAllowance: (run: { run: string; actor: Actor }) => Promise<{ close: (spent: Spent) => void }>;
  now: () => Date;
};

/** Counts what people have done by hand, outside of a run, and refuses it where their budget is spent. */
export function createCallMeter({ repository, openAllowance, now }: Needs) {
  /** @throws {HubError} `budget_exceeded`, before the work begins */
  return async <Answer>(
    { actor, tool }: { actor: Actor; tool: string },
    work: () => Promise<{ answer: Answer; spent: { usage: Usage; costUsd: number | null } }>,
  ): Promise<Answer> => {
    const id = v7();
    const calledAt = now();
    const allowance = await openAllowance({ run: id, actor });
    let spent = nothingSpent;
    try {
      const { answer, spent: used } = await work();
      spent = sumSpent([used]);
      await repository.add({
        id,
        userId: actor.userId,
        apiKeyId: actor.key?.id ?? null,
        tool,
        calledAt,
        ...used,
      });
      return answer;
    } finally {
      allowance.close(spent);
    }
  };
}
export type CallMeter = ReturnType<typeof createCallMeter>;
