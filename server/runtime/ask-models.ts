import { HumanMessage, SystemMessage } from '@langchain/core/messages';
import type { JsonObject } from '#server/contract/json.ts';
import { noUsage, type Usage } from '#server/contract/run-event.ts';
import { addUsage } from './call-model.ts';
import { callModels, type ModelCandidate } from './call-models.ts';
import { toUsageEvent } from './cut-call.ts';
import type { CallGate } from './models/call-gate.ts';
import type { TokenCounter } from './tokens/create-token-counter.ts';

/** The models that answer a question outside of a turn, best first, and what their calls go through. */
export type AskedModels = {
  models: readonly ModelCandidate[];
  gate: CallGate;
  tokens: TokenCounter;
  signal: AbortSignal;
};

/** What was answered by which model, and what all calls for it took, also those that broke off. */
export type ModelsAnswer = { text: string; model: string; usage: Usage; costUsd: number | null };

/**
 * Asks models once, outside of a turn.
 *
 * @throws {HubError} `model_…` if no provider answered
 */
export async function askModels({
  instructions,
  material,
  outputSchema = null,
  models,
  ...rest
}: AskedModels & { instructions: string; material: string; outputSchema?: JsonObject | null }): Promise<ModelsAnswer> {
  const usage = { ...noUsage };
  let costUsd: number | null = 0;
  const count = (used: { usage: Usage; costUsd: number | null }) => {
    addUsage(usage, used.usage);
    costUsd = costUsd === null || used.costUsd === null ? null : costUsd + used.costUsd;
  };
  const call = callModels({
    ...rest,
    line: { candidates: models, current: 0 },
    messages: [new SystemMessage(instructions), new HumanMessage(material)],
    tools: [],
    outputSchema,
    onCut: count,
  });
  for (let next = await call.next(); ; next = await call.next()) {
    if (next.done !== true) continue;
    const { target, text } = next.value;
    count(toUsageEvent(target, next.value));
    return { text, model: target.reference, usage, costUsd };
  }
}
