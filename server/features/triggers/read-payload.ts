import type { JsonObject, JsonValue } from '#server/contract/json.ts';
import { findSchemaIssues } from '#server/find-schema-issues.ts';
import { toSchemaWords } from '#server/schema-issue-words.ts';
import { isDeeperThan } from '#server/is-deeper-than.ts';
import { payloadInvalid, payloadUnreadable, schemaInvalid } from './trigger-errors.ts';

const maximumDepth = 100;
const mostIssues = 100;

/**
 * Reads a webhook's body.
 *
 * @throws {HubError} `bad_request`
 */
export function readPayload(body: Buffer): JsonValue {
  let payload: JsonValue;
  try {
    payload = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body)) as JsonValue;
  } catch {
    throw payloadUnreadable({ en: 'it is no JSON text in UTF-8.', zh: '不是 UTF-8 编码的 JSON 文本。' });
  }
  if (isDeeperThan(payload, maximumDepth)) {
    throw payloadUnreadable({
      en: `more than ${maximumDepth} levels are nested.`,
      zh: `嵌套超过 ${maximumDepth} 层。`,
    });
  }
  return payload;
}

/**
 * Holds a payload to the JSON schema of a person, which is interpreted and never becomes code.
 *
 * @throws {HubError} `validation_failed`, naming every place that does not fit
 */
export function checkPayload(payload: JsonValue, schema: JsonObject | null): void {
  if (schema === null) return;
  const issues = findSchemaIssues(payload, schema, 'body').slice(0, mostIssues);
  if (issues.length > 0) {
    throw payloadInvalid(issues.map(({ path, message }) => ({ path, message: toSchemaWords(message) })));
  }
}

/** Tries a schema before it is stored. @throws {HubError} `validation_failed` */
export function checkSchema(schema: JsonObject | null): void {
  if (schema === null) return;
  for (const sample of [{}, [], '', 0, null]) {
    try {
      findSchemaIssues(sample, schema, 'sample');
    } catch (error) {
      const said = error instanceof Error ? error.message : '';
      throw schemaInvalid({ en: said || 'It cannot be read.', zh: `无法读取此 Schema。${said}` });
    }
  }
}
