import type { JsonValue } from '#server/contract/json.ts';
import { messageTooLong } from './trigger-errors.ts';

const place = /\{\{\s*payload((?:\.[\w$-]+)*)\s*\}\}/g;
const longestMessage = 380_000;

/** Makes a text of strangers recognisable as data. */
export type MarkData = (text: string, origin: string) => string;

/**
 * Fills the places of a message from a payload.
 *
 * Text of the payload stands between marks that say that it is data; numbers and yes or no stand as they are.
 *
 * @throws {HubError} `payload_too_large`
 */
export function fillMessage(message: string, payload: JsonValue, markData: MarkData): string {
  const filled = message.replace(place, (_whole, path: string) =>
    toText(findMember(payload, path.split('.').slice(1)), `the webhook's payload${path}`, markData),
  );
  if (filled.length > longestMessage) throw messageTooLong();
  return filled;
}

function findMember(payload: JsonValue, names: string[]): JsonValue | undefined {
  let found: JsonValue | undefined = payload;
  for (const name of names) {
    if (found === null || typeof found !== 'object' || !Object.hasOwn(found, name)) return undefined;
    found = (found as Record<string, JsonValue>)[name];
  }
  return found;
}

function toText(value: JsonValue | undefined, origin: string, markData: MarkData): string {
  if (value === undefined) return '(not in the payload)';
  if (typeof value === 'number' || typeof value === 'boolean' || value === null) return String(value);
  return `\n${markData(typeof value === 'string' ? value : JSON.stringify(value, null, 2), origin)}\n`;
}
