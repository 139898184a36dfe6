import type { JsonObject } from '#server/contract/json.ts';

/** Arguments that a person wrote as JSON; null when it is no object. Pure. */
export function readArguments(text: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : null;
  } catch {
    return null;
  }
}
