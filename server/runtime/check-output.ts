import { Validator } from '@cfworker/json-schema';
import type { JsonObject } from '#server/contract/json.ts';
import { HubError } from '#server/hub-error.ts';

/**
 * Holds an answer to the JSON schema (2020-12) that the agent promises. The validator interprets the schema, because a
 * compiled one would be code made from what a user wrote.
 *
 * @throws {HubError} `output_invalid`, naming every place that does not fit
 */
export function checkOutput(text: string, schema: JsonObject): void {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\s*```(?:json)?\s*|\s*```\s*$/g, ''));
  } catch {
    throw new HubError('output_invalid', 'The agent promises JSON, but its answer is not JSON.');
  }
  const result = new Validator(schema, '2020-12', false).validate(value);
  if (result.valid) return;
  throw new HubError('output_invalid', 'The answer does not have the shape that the agent promises.', {
    errors: result.errors.map((error) => ({
      path: error.instanceLocation.replace(/^#/, 'output').replaceAll('/', '.'),
      message: error.error,
    })),
  });
}
