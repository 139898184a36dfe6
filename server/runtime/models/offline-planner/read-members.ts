import { isObject } from '#server/contract/is-object.ts';
import type { JsonObject } from '#server/contract/json.ts';
import { readResult } from './read-result.ts';
import type { MadeCall } from './read-turn.ts';
import { parseJson } from './recognise.ts';

/** What a call brought, as an object; null where it failed or brought something else. */
export function readMembers({ result }: Pick<MadeCall, 'result'>): JsonObject | null {
  if (result === null || result.isError) return null;
  const json = parseJson(readResult(result.text).body);
  return isObject(json) ? json : null;
}
