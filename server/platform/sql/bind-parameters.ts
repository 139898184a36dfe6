import { DuckDBDecimalValue, type DuckDBPreparedStatement } from '@duckdb/node-api';
import type { SqlParameter } from '#server/contract/sql.ts';
import { SqlFailure } from './sql-failure.ts';

const bigInt = { least: -(2n ** 63n), most: 2n ** 63n - 1n };
const hugeInt = { least: -(2n ** 127n), most: 2n ** 127n - 1n };
const mostDigits = 38;

/**
 * Gives a statement the values of its parameters, each with its type: numbers exactly, all else as text.
 *
 * @throws {SqlFailure} for a value that is none of its type
 */
export function bindParameters(statement: DuckDBPreparedStatement, bound: Map<string, SqlParameter>) {
  for (const [key, parameter] of bound) {
    const { name, type, value, options } = parameter;
    // The engine leaves a parameter out where it needs none, as behind `false and`.
    const index = findIndex(statement, key);
    if (index === null) continue;
    if (type === 'number') bindNumber(statement, index, { name, value: value.trim() });
    else if (type === 'enum' && !options.includes(value)) throw notAmong(name, options);
    else statement.bindVarchar(index, value);
  }
}

function findIndex(statement: DuckDBPreparedStatement, key: string): number | null {
  for (let index = 1; index <= statement.parameterCount; index += 1) {
    if (statement.parameterName(index) === key) return index;
  }
  return null;
}

function bindNumber(
  statement: DuckDBPreparedStatement,
  index: number,
  { name, value }: Record<'name' | 'value', string>,
) {
  const [, sign = '', whole = '', fraction = ''] = /^([+-]?)(\d*)(?:\.(\d*))?$/.exec(value) ?? [];
  const digits = whole + fraction;
  if (digits === '') {
    const double = Number(value);
    if (value === '' || !Number.isFinite(double)) throw noNumber(name, value);
    return statement.bindDouble(index, double);
  }
  const exact = BigInt(`${digits}`) * (sign === '-' ? -1n : 1n);
  if (fraction !== '') {
    if (digits.length > mostDigits) throw noNumber(name, value);
    return statement.bindDecimal(index, new DuckDBDecimalValue(exact, mostDigits, fraction.length));
  }
  if (exact >= bigInt.least && exact <= bigInt.most) return statement.bindBigInt(index, exact);
  if (exact >= hugeInt.least && exact <= hugeInt.most) return statement.bindHugeInt(index, exact);
  throw noNumber(name, value);
}

const noNumber = (name: string, value: string) =>
  new SqlFailure('parameter', {
    en: `The parameter "${name}" is a number of at most 38 digits, not "${value.slice(0, 100)}".`,
    zh: `参数“${name}”须为最多 38 位的数字，而不是“${value.slice(0, 100)}”。`,
  });

const notAmong = (name: string, options: string[]) =>
  new SqlFailure('parameter', {
    en: `The parameter "${name}" is one of: ${options.join(', ')}.`,
    zh: `参数“${name}”须为以下之一：${options.join('、')}。`,
  });
