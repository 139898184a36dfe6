import { createContext, Script } from 'node:vm';
import { Validator } from '@cfworker/json-schema';
import type { JsonObject } from '#server/contract/json.ts';
import type { ProblemIssue } from '#server/contract/problem.ts';

const hasPattern = /"pattern(?:Properties)?":/;
const check = new Script('check()');

/**
 * Every place of a value that does not fit a JSON schema (2020-12); none when all of it does. The validator interprets
 * the schema, because a compiled one would be code made from what a user wrote. A pattern that takes for ever, which only
 * the engine itself can stop, is one place more.
 *
 * @param root - what the value itself is called in the paths
 * @param options.longestMs - for patterns; null: whoever asks ends this process
 * @throws {Error} when the schema cannot be read
 */
export function findSchemaIssues(
  value: unknown,
  schema: JsonObject,
  root: string,
  { longestMs }: { longestMs: number | null } = { longestMs: 250 },
): ProblemIssue[] {
  const validate = () =>
    new Validator(schema, '2020-12', false).validate(value).errors.map(({ instanceLocation, error }) => ({
      path: instanceLocation.replace(/^#/, root).replaceAll('/', '.'),
      message: error,
    }));
  if (longestMs === null || !hasPattern.test(JSON.stringify(schema))) return validate();
  return validateInTime(validate, { root, longestMs });
}

function validateInTime(
  validate: () => ProblemIssue[],
  { root, longestMs }: { root: string; longestMs: number },
): ProblemIssue[] {
  let issues: ProblemIssue[] = [];
  const context = createContext({ check: () => void (issues = validate()) });
  try {
    check.runInContext(context, { timeout: longestMs });
    return issues;
  } catch (error) {
    if (!isTimeout(error)) throw error;
    return [{ path: root, message: `A pattern of the schema took too long to try: more than ${longestMs} ms.` }];
  }
}

/** It may be made in the other context, whose `Error` is another one. */
const isTimeout = (error: unknown) =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';
