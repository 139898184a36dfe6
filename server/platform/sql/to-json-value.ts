import {
  DuckDBBlobValue,
  DuckDBTypeId,
  type DuckDBValueConverter,
  JsonDuckDBValueConverter,
  type Json,
} from '@duckdb/node-api';
import { toShownText } from './checksum-address.ts';

const times = new Set([
  DuckDBTypeId.TIMESTAMP,
  DuckDBTypeId.TIMESTAMP_S,
  DuckDBTypeId.TIMESTAMP_MS,
  DuckDBTypeId.TIMESTAMP_NS,
  DuckDBTypeId.TIMESTAMP_TZ,
]);

/**
 * A value as JSON has it without losing anything: numbers that JSON readers would round are texts (all of HUGEINT, UBIGINT and
 * DECIMAL, BIGINT beyond 2^53), times are ISO 8601, bytes are hexadecimal behind `0x`, addresses of chains have their checksum.
 */
export const toJsonValue: DuckDBValueConverter<Json> = (value, type, converter) => {
  if (value === null) return null;
  if (typeof value === 'string') return toShownText(value);
  if (value instanceof DuckDBBlobValue) return `0x${Buffer.from(value.bytes).toString('hex')}`;
  const { typeId } = type;
  if (typeId === DuckDBTypeId.BIGINT) return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  // The engine's zone is UTC.
  if (times.has(typeId)) return String(value).replace(' ', 'T').replace(/\+00$/, 'Z');
  if (typeId === DuckDBTypeId.INTERVAL) return String(value);
  return JsonDuckDBValueConverter(value, type, converter);
};
