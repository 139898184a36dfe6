import { hashKey } from '@tanstack/react-query';
import type { AgentDefinition } from '#server/contract/agent-definition.ts';

/** The draft as it was, is, and was before it was undone. */
export type DraftHistory = { past: AgentDefinition[]; present: AgentDefinition; future: AgentDefinition[] };

const maximumSteps = 100;

export function startHistory(present: AgentDefinition): DraftHistory {
  return { past: [], present, future: [] };
}

/** A new present; what it replaces can be brought back, what had been undone cannot. */
export function recordDraft(history: DraftHistory, draft: AgentDefinition): DraftHistory {
  if (isSame(history.present, draft)) return history;
  return { past: [...history.past, history.present].slice(-maximumSteps), present: draft, future: [] };
}

export function undoDraft(history: DraftHistory): DraftHistory {
  const previous = history.past.at(-1);
  if (!previous) return history;
  return { past: history.past.slice(0, -1), present: previous, future: [history.present, ...history.future] };
}

export function redoDraft(history: DraftHistory): DraftHistory {
  const [next, ...future] = history.future;
  if (!next) return history;
  return { past: [...history.past, history.present], present: next, future };
}

/** Whether two values are the same JSON, in whatever order their keys are written. */
export function isSame(left: unknown, right: unknown): boolean {
  if (left === undefined || right === undefined) return left === right;
  return hashKey([left]) === hashKey([right]);
}
