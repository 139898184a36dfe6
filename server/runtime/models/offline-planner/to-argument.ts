import type { JsonValue } from '#server/contract/json.ts';
import type { Found, FoundKind, Table } from './found.ts';
import { chainIds, chartKindNames } from './known-names.ts';
import { previousResult } from './parse-arithmetic.ts';
import type { Parameter } from './tool-view.ts';

const kindsByWish: Partial<Record<Parameter['wish'], FoundKind[]>> = {
  address: ['address', 'ens-name'],
  hash: ['hash'],
  url: ['url'],
  email: ['email'],
  expression: ['expression', 'number'],
  date: ['date'],
  duration: ['duration'],
  amount: ['duration', 'number'],
  unit: ['duration'],
  number: ['number'],
  'time-zone': ['time-zone'],
  chain: ['chain'],
  chains: ['chain'],
  block: ['block', 'to-block'],
  'from-block': ['from-block'],
  'to-block': ['to-block', 'block'],
  top: ['top', 'number'],
  'token-id': ['token-id', 'number'],
  event: ['event', 'quoted'],
  function: ['function', 'quoted'],
  token: ['token', 'address'],
  table: ['table', 'json'],
  code: ['code', 'document'],
  script: ['code'],
  json: ['json'],
  object: ['json'],
  list: ['json'],
  label: ['quoted'],
  'free-text': ['quoted', 'document', 'code'],
};

/** Which found things a parameter can take. */
export function kindsFor(parameter: Parameter): FoundKind[] {
  return kindsByWish[parameter.wish] ?? [];
}

const longestPatternChecked = 200;
const longestValueChecked = 256;

/** A pattern whose checking cannot run away: no repeated groups, few repetitions. Others are left to the tool. */
function isCheap(pattern: string): boolean {
  return (
    pattern.length <= longestPatternChecked && !/\)[*+?{]/.test(pattern) && (pattern.match(/[*+{]/g)?.length ?? 0) <= 3
  );
}

function fitsPattern(value: JsonValue, { pattern }: Parameter): boolean {
  if (pattern === null || typeof value !== 'string' || value.length > longestValueChecked || !isCheap(pattern))
    return true;
  try {
    return new RegExp(pattern, 'u').test(value);
  } catch {
    return true;
  }
}

/** The value of an enumeration that stands for a name, whatever its case. */
export function pickValue(values: JsonValue[], names: (string | number | undefined)[]): JsonValue | undefined {
  const wanted = names.filter((name) => name !== undefined).map((name) => String(name).toLowerCase());
  return values.find((value) => wanted.includes(String(value as string | number).toLowerCase()));
}

function toChain({ value }: Found, { values: own, type, wish, items }: Parameter): JsonValue | undefined {
  const ofItems = wish === 'chains' && Array.isArray(items?.['enum']) ? items['enum'] : null;
  const values = own ?? ofItems;
  const slug = typeof value === 'string' ? value : '';
  if (values !== null) return pickValue(values, [slug, chainIds[slug], slug === 'ethereum' ? 'mainnet' : undefined]);
  return type === 'string' || type === '' || wish === 'chains' ? slug : chainIds[slug];
}

function toRows(found: Found, parameter: Parameter): JsonValue | undefined {
  if (found.kind === 'json') return parameter.type === 'array' && Array.isArray(found.value) ? found.value : undefined;
  const { columns, rows } = found.value as Table;
  if (parameter.type === 'string') return found.text;
  const items = parameter.items?.['type'];
  if (items === 'array') return [columns, ...rows.map((row) => columns.map((column) => row[column] ?? null))];
  if (items === 'number') return rows.flatMap((row) => Object.values(row).filter((cell) => typeof cell === 'number'));
  return rows;
}

const daysOf: Record<string, number> = { hours: 1 / 24, days: 1, weeks: 7, months: 30, years: 365 };

function toDuration({ value }: Found, { wish, type, values, name }: Parameter): JsonValue | undefined {
  const { amount, unit } = value as { amount: number; unit: string };
  const days = daysOf[unit];
  if (name === 'days' && days !== undefined) return Math.abs(amount) * days;
  if (wish === 'unit') return values === null ? unit : pickValue(values, [unit, unit.replace(/s$/, '')]);
  if (wish === 'amount')
    return /^(?:amount|value|count|quantity)$/.test(name) || name.toLowerCase().startsWith(unit) ? amount : undefined;
  if (type === 'object') return { [unit]: amount };
  const letter = unit === 'months' ? 'M' : unit.charAt(0).toUpperCase();
  return `${amount < 0 ? '-' : ''}P${['hours', 'minutes', 'seconds'].includes(unit) ? 'T' : ''}${Math.abs(amount)}${letter}`;
}

/** A found thing as an argument for a parameter; undefined when it does not fit. */
export function toArgument(found: Found, parameter: Parameter, previous: string | null): JsonValue | undefined {
  if (found.fault !== undefined || !kindsFor(parameter).includes(found.kind)) return undefined;
  const value = adapt(found, parameter, previous);
  return value === undefined || !fitsPattern(value, parameter) ? undefined : value;
}

function adapt(found: Found, parameter: Parameter, previous: string | null): JsonValue | undefined {
  const { kind, value } = found;
  if (parameter.wish === 'script' && !/^(?:js|javascript|mjs)$/i.test(found.language ?? '')) return undefined;
  if (kind === 'chain') {
    const chain = toChain(found, parameter);
    return chain === undefined || parameter.wish !== 'chains' ? chain : [chain];
  }
  if (kind === 'table' || parameter.wish === 'table') return toRows(found, parameter);
  if (kind === 'duration') return toDuration(found, parameter);
  if (kind === 'json') return (parameter.type === 'array') === Array.isArray(value) ? value : undefined;
  if (kind === 'number') return toNumber(value as number, parameter);
  if (kind !== 'expression') return value;
  const written = typeof value === 'string' ? value : '';
  if (!written.includes(previousResult)) return written;
  return previous === null
    ? undefined
    : written.replaceAll(previousResult, previous.startsWith('-') ? `(${previous})` : previous);
}

function toNumber(value: number, { wish, type }: Parameter): JsonValue | undefined {
  if (wish === 'expression' || (type === 'integer' && !Number.isInteger(value))) return undefined;
  if (wish === 'token-id') return value;
  return type === 'string' ? String(value) : value;
}

/** The enumeration's word for a kind of chart. */
export function toChartKind(kind: string, values: JsonValue[]): JsonValue | undefined {
  return pickValue(values, chartKindNames[kind] ?? [kind]);
}
