import type { ModelCandidate } from './call-models.ts';
import type { ModelSettings, ModelTarget, OpenChatModel } from './models/chat-model.ts';

/** The models of a turn: those that are connected, best first, and the better wishes that are not. */
export type ChosenModels = { targets: readonly [ModelTarget, ...ModelTarget[]]; missing: string[] };

/** The chosen models in their order; none is opened before it is called. */
export function toCandidates(
  { targets: [first, ...others] }: Pick<ChosenModels, 'targets'>,
  settings: ModelSettings,
  openChatModel: OpenChatModel,
): [ModelCandidate, ...ModelCandidate[]] {
  const toCandidate = (target: ModelTarget) => ({ target, open: () => openChatModel(target, settings) });
  return [toCandidate(first), ...others.map(toCandidate)];
}
