import { findSchemaIssues } from '#server/find-schema-issues.ts';
import type { JsonObject, JsonValue } from '#server/contract/json.ts';
import { serveTasks } from '#server/platform/workers/serve-tasks.ts';
import { toSchemaWords } from '#server/schema-issue-words.ts';

/** A check with patterns that people wrote, which can hold up a process for minutes. */
export type CheckTask =
  | { kind: 'pattern'; pattern: string; ignoreCase: boolean; text: string }
  | { kind: 'schema'; schema: JsonObject; value: JsonValue; language: 'en' | 'zh' };

/** What does not hold; empty when all does. */
export type CheckAnswer = { issues: string[] };

const mostIssues = 20;

serveTasks(async (task: CheckTask): Promise<CheckAnswer> => {
  if (task.kind === 'pattern') {
    const matches = new RegExp(task.pattern, task.ignoreCase ? 'i' : '').test(task.text);
    return { issues: matches ? [] : [task.pattern] };
  }
  const found = findSchemaIssues(task.value, task.schema, 'answer', { longestMs: null });
  const say = (message: string) => toSchemaWords(message)[task.language];
  return { issues: found.slice(0, mostIssues).map(({ path, message }) => `${path}: ${say(message)}`) };
});
