import { HumanMessage, SystemMessage } from '@langchain/core/messages';
import type { JsonObject } from '#server/contract/json.ts';
import type { RunEventOf } from '#server/contract/run-event.ts';
import { callModels, type ModelCandidate } from './call-models.ts';
import { toUsageEvent } from './cut-call.ts';
import type { CallGate } from './models/call-gate.ts';
import type { TokenCounter } from './tokens/create-token-counter.ts';

/** The models that answer a question outside of a turn, best first, and what their calls go through. */
export type AskedModels = {
  models: readonly ModelCandidate[];
  gate: CallGate;
  tokens: TokenCounter;
  /** Told what each call took, also those that broke off, and where no model answers in the end. */
  onUsed: (call: RunEventOf<'usage'>) => void;
  signal: AbortSignal;
};

/** What was answered, and by which model. */
export type ModelsAnswer = { text: string; model: string };

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
  onUsed,
  ...rest
}: AskedModels & { instructions: string; material: string; outputSchema?: JsonObject | null }): Promise<ModelsAnswer> {
  const call = callModels({
    ...rest,
    line: { candidates: models, current: 0 },
    messages: [new SystemMessage(instructions), new HumanMessage(material)],
    tools: [],
    outputSchema,
    onCut: onUsed,
  });
  for (let next = await call.next(); ; next = await call.next()) {
    if (next.done !== true) continue;
    const { target, text } = next.value;
    onUsed(toUsageEvent(target, next.value));
    return { text, model: target.reference };
  }
}
