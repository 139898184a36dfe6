import type { Agent } from '#server/contract/agent.ts';
import type { AgentDefinition } from '#server/contract/agent-definition.ts';

/** The draft in the builder, as far as proposals need it. */
export type EditedDraft = {
  /** As it is stored. */
  agent: Agent;
  /**
   * Changes the form, keeps what stood there for undo, and saves; false where the person must decide first, because the
   * draft was changed elsewhere. `onStep` is told when the change is undone, and when it is made again.
   *
   * @throws {ApiProblem} when it could not be saved
   */
  apply: (
    change: (before: AgentDefinition) => AgentDefinition,
    onStep: (isUndone: boolean) => void,
  ) => Promise<boolean>;
};
