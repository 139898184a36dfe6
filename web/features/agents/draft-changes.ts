import type { UpdateDraftInput } from '#server/contract/agent.ts';
import type { AgentDefinition } from '#server/contract/agent-definition.ts';
import { isSame } from './draft-history.ts';

export const draftKeys = [
  'identity',
  'instructions',
  'variables',
  'opening',
  'translations',
  'model',
  'tools',
  'output',
  'guards',
  'context',
  'memory',
  'access',
  'budget',
] as const satisfies (keyof UpdateDraftInput)[];
export type DraftKey = (typeof draftKeys)[number];

/** The top-level keys of `draft` that differ from `saved`, without those that the hub would refuse. */
export function toPatch(
  saved: AgentDefinition,
  draft: AgentDefinition,
  refused: ReadonlySet<string>,
): UpdateDraftInput {
  const changed = draftKeys.filter((key) => !refused.has(key) && !isSame(saved[key], draft[key]));
  return Object.fromEntries(changed.map((key) => [key, draft[key]]));
}
