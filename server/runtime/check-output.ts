import type { JsonObject } from '#server/contract/json.ts';
import { findSchemaIssues } from '#server/find-schema-issues.ts';
import { HubError } from '#server/hub-error.ts';

const fence = /^\s*```(?:json)?\s*|\s*```\s*$/g;

/**
 * Holds an answer to the JSON schema (2020-12) that the agent promises.
 *
 * @returns the JSON text alone, without a fence around it
 * @throws {HubError} `output_invalid`, naming every place that does not fit
 */
export function checkOutput(text: string, schema: JsonObject): string {
  const json = text.replace(fence, '').trim();
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    throw new HubError('output_invalid', 'The agent promises JSON, but its answer is not JSON.');
  }
  const errors = findSchemaIssues(value, schema, 'output');
  if (errors.length === 0) return json;
  throw new HubError('output_invalid', 'The answer does not have the shape that the agent promises.', { errors });
}
