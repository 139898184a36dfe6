import { chineseLabels } from '#server/contract/chinese-labels.ts';
import { isObject } from '#server/contract/is-object.ts';
import type { JsonObject, JsonValue } from '#server/contract/json.ts';
import { toChainName } from '#server/contract/to-chain-name.ts';
import { chineseLabelsOfMembers, chineseLabelsOfWords, chineseValues, englishLabels } from './labels.ts';
import { wordsOf, type Language } from './wording.ts';

const mostRows = 20;
const mostColumns = 8;
const hiddenMembers = new Set(['specification', 'spec', 'raw', 'decimals', 'unixSeconds', '$schema', 'note']);

const isIdentifier = (value: JsonValue) =>
  typeof value === 'string' && /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i.test(value);
const isEmpty = (value: JsonValue) =>
  value === null || value === '' || (typeof value === 'object' && Object.keys(value).length === 0);

const isAddress = (value: JsonValue | undefined) => typeof value === 'string' && /^0x[\da-f]{40}$/i.test(value);

function toLabel(name: string, language: Language, member?: JsonValue): string {
  const ofWords =
    language === 'zh' && typeof member === 'string' && !isAddress(member) ? chineseLabelsOfWords[name] : undefined;
  if (ofWords !== undefined) return ofWords;
  const known = language === 'zh' ? (chineseLabelsOfMembers[name] ?? chineseLabels[name]) : englishLabels[name];
  if (known !== undefined) return known;
  const words = name
    .replaceAll(/(?<=[a-z\d])(?=[A-Z])/g, ' ')
    .replaceAll(/[_-]+/g, ' ')
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** A value's text with nothing in it that Markdown would read as a mark; links and chain values stay whole. */
export function toInlineText(text: string): string {
  const line = text.replaceAll(/\s*\n\s*/g, ' ').trim();
  if (/^https?:\/\/[^\s<>()]+$/.test(line)) return line;
  if (/^0x[\da-f]+$/i.test(line)) return `\`${line}\``;
  return line.replaceAll(/[\\`*_[\]<>|~!#]/g, '\\$&');
}

/** Members with what they say in words, where a word stands for a thing. */
function membersOf(value: JsonObject, language: Language): [string, JsonValue][] {
  const words = language === 'zh' ? chineseValues : {};
  return listMembers(value).map(([name, member]) => [
    name,
    typeof member === 'string' ? (words[name]?.[member] ?? member) : member,
  ]);
}

function listMembers(value: JsonObject): [string, JsonValue][] {
  return Object.entries(value).filter(
    ([name, member]) => !hiddenMembers.has(name) && !isEmpty(member) && !isIdentifier(member),
  );
}

/** Where in a chain's history something was read: the block's number leads to the explorer. */
function toBlockText(
  { chain, chainId, number, timestamp, explorerUrl, hash }: JsonObject,
  language: Language,
): string | null {
  if (typeof chain !== 'string' || chainId === undefined || typeof number !== 'string' || typeof hash !== 'string')
    return null;
  const shown = typeof explorerUrl === 'string' ? `[${number}](${explorerUrl.replaceAll(/[()\s]/g, '')})` : number;
  const time = typeof timestamp === 'string' ? `, ${timestamp}` : '';
  return `${shown}${time}, ${toInlineText(toChainName(chain, language))}, \`${hash}\``;
}

function toRangeText({ from, to, ...rest }: JsonObject, language: Language): string | null {
  if (Object.keys(rest).length > 0 || !isObject(from ?? null) || !isObject(to ?? null)) return null;
  const ends = [from, to].map((end) => (isObject(end ?? null) ? (end as JsonObject) : {}));
  const [first, last] = ends.map(({ number }) => (typeof number === 'string' ? number : null));
  return typeof first !== 'string' || typeof last !== 'string' ? null : wordsOf(language).range(first, last);
}

const isSentence = (value: JsonValue) => typeof value === 'string' && /[.!?。！？]$/.test(value.trim());

function toInline(value: JsonValue, language: Language, depth = 0): string {
  if (typeof value === 'string') return toInlineText(toChainName(value, language));
  if (value === null) return '–';
  if (typeof value === 'boolean') return value ? wordsOf(language).yes : wordsOf(language).no;
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value)) {
    const items = value.slice(0, mostRows);
    const shown = items.map((item) => toInline(item, language, depth + 1));
    if (items.length > 0 && items.every(isSentence)) return shown.join(language === 'zh' ? '' : ' ');
    return shown.join(language === 'zh' ? '、' : ', ');
  }
  const block = toBlockText(value, language) ?? toRangeText(value, language);
  if (block !== null) return block;
  const { formatted, symbol, iso } = value;
  if (typeof formatted === 'string' && typeof symbol === 'string')
    return `${toInlineText(formatted)} ${toInlineText(symbol)}`;
  if (typeof iso === 'string')
    return [iso, value['weekday'], value['timeZone']]
      .filter((part) => typeof part === 'string')
      .map(toInlineText)
      .join(', ');
  if (depth > 3) return '…';
  return membersOf(value, language)
    .map(([name, member]) => `${toLabel(name, language, member)}: ${toInline(member, language, depth + 1)}`)
    .join('; ');
}

function toTable(rows: JsonObject[], language: Language): string {
  const records = rows.map((row): JsonObject => Object.fromEntries(membersOf(row, language)));
  const columns = [...new Set(records.flatMap((record) => Object.keys(record)))].slice(0, mostColumns);
  // Of a price, `from` is where it comes from; of a transfer, who sent it.
  const toHead = (name: string) => (name === 'from' && columns.includes('price') ? 'source' : name);
  const firstOf = (column: string) => records.find((record) => record[column] !== undefined)?.[column];
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
  return [
    line(columns.map((column) => toInlineText(toLabel(toHead(column), language, firstOf(column))))),
    line(
      columns.map((column) =>
        rows.every((row) => row[column] === undefined || typeof row[column] === 'number') ? '---:' : '---',
      ),
    ),
    ...records
      .slice(0, mostRows)
      .map((record) => line(columns.map((column) => toInline(record[column] ?? null, language)))),
    ...(rows.length > mostRows ? ['', wordsOf(language).more(rows.length - mostRows)] : []),
  ].join('\n');
}

function renderObject(value: JsonObject, language: Language): string {
  const { expression, result, approximate } = value;
  if (typeof expression === 'string' && (typeof result === 'string' || typeof result === 'number')) {
    const rounded = approximate === true ? wordsOf(language).approximate : '';
    return `\`${expression.replaceAll('`', '')}\` = **${toInlineText(String(result))}**${rounded}`;
  }
  if (typeof value['formatted'] === 'string' && typeof value['symbol'] === 'string')
    return `**${toInline(value, language)}**`;
  const members = membersOf(value, language);
  const [only] = members;
  if (members.length === 1 && only !== undefined) {
    const [name, member] = only;
    return typeof member === 'object'
      ? renderValue(member, language)
      : `${toLabel(name, language)}: **${toInline(member, language)}**`;
  }
  const isAmount = (item: JsonValue) => isObject(item) && typeof item['formatted'] === 'string';
  const isLong = ([, member]: [string, JsonValue]) =>
    Array.isArray(member) && member.some((item) => isObject(item)) && !member.every(isAmount);
  const label = (name: string, member?: JsonValue) => toInlineText(toLabel(name, language, member));
  return [
    ...members
      .filter((one) => !isLong(one))
      .map(([name, member]) => `- **${label(name, member)}**: ${toInline(member, language)}`),
    ...members.filter(isLong).map(([name, member]) => `\n**${label(name)}**\n\n${renderValue(member, language)}\n`),
  ]
    .join('\n')
    .trim();
}

/** A JSON value as Markdown: a sum as a line, an object as a list, records as a table. */
export function renderValue(value: JsonValue, language: Language): string {
  if (Array.isArray(value)) {
    if (value.length > 0 && value.every(isObject)) return toTable(value, language);
    const rest = value.length > mostRows ? [`- ${wordsOf(language).more(value.length - mostRows)}`] : [];
    return [...value.slice(0, mostRows).map((item) => `- ${toInline(item, language)}`), ...rest].join('\n');
  }
  return isObject(value) ? renderObject(value, language) : `**${toInline(value, language)}**`;
}
