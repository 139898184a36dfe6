import { AgentDefinition } from '#server/contract/agent-definition.ts';

/** Something in the draft that the hub would refuse: where, and why. */
export type DraftProblem = { path: string; section: string; message: string };

export function listDraftProblems(draft: unknown): DraftProblem[] {
  const parsed = AgentDefinition.safeParse(draft);
  if (parsed.success) return [];
  return parsed.error.issues.map((issue) => ({
    path: issue.path.map(String).join('.'),
    section: String(issue.path[0] ?? ''),
    message: issue.message,
  }));
}
