import type { AbiParameter } from 'viem';
import { isHex, size } from 'viem';
import type { JsonValue } from '#server/contract/json.ts';
import { parseAddress } from './addresses.ts';
import { toInputError } from './chain-errors.ts';

/**
 * A JSON value as an argument of a contract's function: integers as numbers, decimal or 0x text; lists and tuples as lists,
 * tuples also as objects.
 *
 * @throws {HubError} `validation_failed`, naming `path`, where it does not fit the type
 */
export function toAbiValue(parameter: AbiParameter, value: JsonValue, path: string): unknown {
  const { type } = parameter;
  const list = /^(.*)\[(\d*)\]$/.exec(type);
  if (list !== null) {
    const [, inner = '', count = ''] = list;
    if (!Array.isArray(value) || (count !== '' && value.length !== Number(count))) throw misfit(type, value, path);
    return value.map((item, index) => toAbiValue({ ...parameter, type: inner }, item, `${path}.${index}`));
  }
  if (type === 'tuple') return toTuple(parameter, value, path);
  if (type === 'address') return parseAddress(typeof value === 'string' ? value : JSON.stringify(value), path);
  if (type === 'bool') {
    if (typeof value === 'boolean') return value;
    if (value === 'true' || value === 'false') return value === 'true';
  }
  if (type === 'string' && typeof value === 'string') return value;
  if (type.startsWith('bytes') && isHex(value)) {
    const length = type.slice('bytes'.length);
    if (length === '' || size(value) === Number(length)) return value;
  }
  const isInteger =
    (typeof value === 'number' && Number.isSafeInteger(value)) ||
    (typeof value === 'string' && /^(?:-?\d{1,80}|0x[\da-f]{1,64})$/i.test(value));
  if (/^u?int\d*$/.test(type) && isInteger) return BigInt(value);
  throw misfit(type, value, path);
}

function toTuple(parameter: AbiParameter, value: JsonValue, path: string): unknown {
  const components = 'components' in parameter ? parameter.components : [];
  const values = Array.isArray(value)
    ? value
    : typeof value === 'object' && value !== null
      ? components.map(({ name = '' }) => value[name])
      : [];
  if (values.length !== components.length) throw misfit('tuple', value, path);
  const read = components.map((component, index) =>
    toAbiValue(component, values[index] ?? null, `${path}.${component.name ?? index}`),
  );
  const isNamed = components.every(({ name }) => name !== undefined && name !== '');
  return isNamed ? Object.fromEntries(components.map(({ name = '' }, index) => [name, read[index]])) : read;
}

function misfit(type: string, value: JsonValue, path: string) {
  const shown = JSON.stringify(value).slice(0, 80);
  return toInputError(path, {
    en: `${shown} is no ${type}. Integers are written whole, in smallest units: 1000000 for 1 USDC.`,
    zh: `${shown} 不是 ${type}。整数请写完整的最小单位：1 USDC 写作 1000000。`,
  });
}
