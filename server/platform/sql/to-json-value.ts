import {
  DuckDBBlobValue,
  DuckDBTypeId,
  type DuckDBValueConverter,
  JsonDuckDBValueConverter,
  type Json,
} from '@duckdb/node-api';

/**
 * A value as JSON has it without losing anything: numbers that JSON readers would round are texts (all of HUGEINT, UBIGINT and
 * DECIMAL, BIGINT beyond 2^53), times are ISO 8601, bytes are hexadecimal behind `0x`.
 */
export const toJsonValue: DuckDBValueConverter<Json> = (value, type, converter) => {
  if (value === null) return null;
  switch (type.typeId) {
    case DuckDBTypeId.BIGINT:
      return typeof value === 'bigint' && Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
    case DuckDBTypeId.BLOB:
      return value instanceof DuckDBBlobValue ? `0x${Buffer.from(value.bytes).toString('hex')}` : String(value);
    case DuckDBTypeId.TIMESTAMP:
    case DuckDBTypeId.TIMESTAMP_S:
    case DuckDBTypeId.TIMESTAMP_MS:
    case DuckDBTypeId.TIMESTAMP_NS:
      return String(value).replace(' ', 'T');
    case DuckDBTypeId.TIMESTAMP_TZ:
      return String(value).replace(' ', 'T').replace(/\+00$/, 'Z');
    case DuckDBTypeId.INTERVAL:
      return String(value);
    default:
      return JsonDuckDBValueConverter(value, type, converter);
  }
};
