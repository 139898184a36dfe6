import type { Translate } from '#web/lib/i18n/texts.ts';
import { AgentDefinition } from '#server/contract/agent-definition.ts';
import type { Agent } from '#server/contract/agent.ts';
import type { LocalizedText } from '#server/contract/localized-text.ts';
import { toIssueMessage } from '#web/lib/issue-message.ts';

/** Something in the draft that the hub would refuse: where, and why. */
export type DraftProblem = { path: string; section: string; message: string };

export function listDraftProblems(draft: unknown, translate: Translate): DraftProblem[] {
  const parsed = AgentDefinition.safeParse(draft);
  if (parsed.success) return [];
  return parsed.error.issues.map((issue) => ({
    path: issue.path.map(String).join('.'),
    section: String(issue.path[0] ?? ''),
    message: toIssueMessage(issue, translate),
  }));
}

/** What the hub keeps of the stored draft, but would not publish. */
export function listPublishProblems(
  { draftProblems }: Pick<Agent, 'draftProblems'>,
  say: (text: LocalizedText) => string,
): DraftProblem[] {
  return (draftProblems ?? []).map(({ path, message }) => ({
    path,
    section: path.split('.')[0] ?? '',
    message: say(message),
  }));
}

/** The top-level keys that cannot be saved as they are. */
export function refusedKeys(draft: unknown): Set<string> {
  const parsed = AgentDefinition.safeParse(draft);
  return new Set(parsed.success ? [] : parsed.error.issues.map(({ path }) => String(path[0] ?? '')));
}
