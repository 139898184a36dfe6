import type { DefinitionChange, UpdateDraftInput } from '#server/contract/agent.ts';
import type { AgentDefinition } from '#server/contract/agent-definition.ts';
import type { JsonValue } from '#server/contract/json.ts';
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

/** Every leaf in which two definitions differ, in the order of `after`. */
export function listChanges(
  before: JsonValue | undefined,
  after: JsonValue | undefined,
  path = '',
): DefinitionChange[] {
  if (isSame(before, after)) return [];
  if (before === undefined) return [{ path, kind: 'added', ...(after !== undefined && { after }) }];
  if (after === undefined) return [{ path, kind: 'removed', before }];
  if (!isBranch(before) || !isBranch(after) || Array.isArray(before) !== Array.isArray(after)) {
    return [{ path, kind: 'changed', before, after }];
  }
  const left = new Map(Object.entries(before));
  const right = new Map(Object.entries(after));
  const keys = new Set([...right.keys(), ...left.keys()]);
  return [...keys].flatMap((key) => listChanges(left.get(key), right.get(key), path === '' ? key : `${path}.${key}`));
}

function isBranch(value: JsonValue): value is JsonValue[] | { [key: string]: JsonValue } {
  return typeof value === 'object' && value !== null;
}
