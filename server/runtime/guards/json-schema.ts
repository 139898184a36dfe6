import type { JsonObject } from '#server/contract/json.ts';
import { findSchemaIssues } from '#server/find-schema-issues.ts';
import type { Detector } from './found-text.ts';

/** Finds a whole text that is not JSON of a shape. A schema that cannot be read lets nothing through. */
export function createSchemaDetector(schema: JsonObject): Detector {
  return {
    find: (text) => (fits(text, schema) ? [] : [{ start: 0, end: text.length, what: 'shape' }]),
    findOpen: () => 0,
  };
}

function fits(text: string, schema: JsonObject): boolean {
  try {
    return findSchemaIssues(JSON.parse(text), schema, 'message').length === 0;
  } catch {
    return false;
  }
}
