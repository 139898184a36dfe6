import { Validator } from '@cfworker/json-schema';
import type { JsonObject } from '#server/contract/json.ts';
import type { ProblemIssue } from '#server/contract/problem.ts';

/**
 * Every place of a value that does not fit a JSON schema (2020-12); none when all of it does. The validator interprets
 * the schema, because a compiled one would be code made from what a user wrote.
 *
 * @param root - what the value itself is called in the paths
 * @throws {Error} when the schema cannot be read
 */
export function findSchemaIssues(value: unknown, schema: JsonObject, root: string): ProblemIssue[] {
  return new Validator(schema, '2020-12', false).validate(value).errors.map(({ instanceLocation, error }) => ({
    path: instanceLocation.replace(/^#/, root).replaceAll('/', '.'),
    message: error,
  }));
}
