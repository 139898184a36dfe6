import type { JsonObject, JsonValue } from '#server/contract/json.ts';
import type { FoundKind } from './found.ts';

/**
 * What kind of value a parameter wants. `free-text` takes the person's own words, `label` only what is quoted, `script` only
 * JavaScript that the person wrote out.
 */
export type Wish =
  | FoundKind
  | 'choice'
  | 'flag'
  | 'column'
  | 'columns'
  | 'specification'
  | 'script'
  | 'unit'
  | 'amount'
  | 'free-text'
  | 'label'
  | 'chains'
  | 'list'
  | 'object';

type Plain = {
  name: string;
  description: string;
  type: string;
  values: JsonValue[] | null;
  format: string | null;
  pattern: string | null;
  mediaType: string | null;
  items: JsonObject | null;
  members: string[];
};

const textWishes: [RegExp, Wish][] = [
  [/^(?:expression|formula|calculation|equation|math)$/, 'expression'],
  [/(?:^|_)(?:url|uri|link|href|website|web_page|page_url)$/, 'url'],
  [/(?:^|_)(?:hash|tx|txid|tx_hash|transaction|transaction_hash)$/, 'hash'],
  [/(?:^|_)(?:chain|network|chain_name|chain_id|blockchain)$/, 'chain'],
  [/(?:^|_)(?:address|wallet|wallet_address|account|owner|holder|contract)$/, 'address'],
  [/(?:^|_)(?:time_?zone|tz|zone)$/, 'time-zone'],
  [/(?:^|_)(?:e?mail|email_address|recipient)$/, 'email'],
  [/(?:^|_)(?:token|token_symbol|coin|asset)$/, 'token'],
  [/(?:^|_)(?:date|day|since|until|deadline|time|date_time|datetime|moment|instant)$/, 'date'],
  [/^duration$/, 'duration'],
  [/^units?$/, 'unit'],
  [
    /^(?:x|y|series|x_field|y_field|x_axis|y_axis|x_column|y_column|color|colour|group|category_column|value_column|label_column)$/,
    'column',
  ],
  [/^table_name$/, 'table-name'],
  [/^(?:number|time)_column$/, 'column-name'],
  [/^(?:code|source_code|script|program|snippet)$/, 'code'],
  [/^(?:csv|table|rows|data)$/, 'table'],
  [/^(?:title|label|name|caption|subject|heading)$/, 'label'],
  [
    /(?:^|_)(?:prompt|query|question|text|message|input|content|search|topic|keywords?|task|instructions?|request|q|term|body|phrase|sentence)$/,
    'free-text',
  ],
];

const describedWishes: [RegExp, Wish][] = [
  [/\b(?:time ?zone|IANA)\b|时区/i, 'time-zone'],
  [/\b(?:transaction hash|32[- ]byte hash)\b|交易哈希/i, 'hash'],
  [/\b(?:arithmetic|math(?:ematical)?) expression\b|算式/i, 'expression'],
  [/\b(?:ISO ?8601|YYYY-MM-DD|date)\b|日期/i, 'date'],
  [/\b(?:wallet|contract|account|0x|EVM) ?address\b|钱包地址|合约地址/i, 'address'],
  [/\bURL\b|网址/i, 'url'],
  [/\b(?:chain|network)\b|区块链/i, 'chain'],
];

/** Parameters of tools that read chains, whatever their type. */
const chainWishes: Record<string, Wish> = {
  block: 'block',
  block_number: 'block',
  from_block: 'from-block',
  to_block: 'to-block',
  most: 'top',
  limit: 'top',
  top: 'top',
  token_id: 'token-id',
  event: 'event',
  function: 'function',
  chains: 'chains',
};

const toSnake = (name: string) =>
  name
    .replaceAll(/(?<=[a-z\d])(?=[A-Z])/g, '_')
    .replaceAll('-', '_')
    .toLowerCase();

function toTextWish({ name, description, format, pattern, mediaType }: Plain): Wish {
  if (mediaType === 'text/javascript') return 'script';
  if (format === 'uri' || format === 'url') return 'url';
  if (format === 'email') return 'email';
  if (format === 'date' || format === 'date-time') return 'date';
  if (pattern !== null && /\{64\}/.test(pattern)) return 'hash';
  if (pattern !== null && /0x.*\{40\}/.test(pattern)) return 'address';
  if (/\bname of (?:a|the|one) table\b/i.test(description)) return 'label';
  const snake = toSnake(name);
  const named = textWishes.find(([pattern]) => pattern.test(snake))?.[1];
  if (named !== undefined) return named;
  return describedWishes.find(([pattern]) => pattern.test(description))?.[1] ?? 'label';
}

/** Works out from name, type, format and description what a parameter wants. */
export function toWish(plain: Plain): Wish {
  const snake = toSnake(plain.name);
  const ofChains = chainWishes[snake];
  if (ofChains !== undefined && plain.values === null) return ofChains;
  if (plain.values !== null)
    return snake === 'unit' || snake === 'units'
      ? 'unit'
      : /(?:^|_)(?:chain|network)$/.test(snake)
        ? 'chain'
        : 'choice';
  switch (plain.type) {
    case 'boolean':
      return 'flag';
    case 'number':
    case 'integer':
      if (/(?:^|_)(?:chain|network)(?:_id)?$/.test(snake)) return 'chain';
      return /^(?:amount|value|count|quantity|days|weeks|months|years|hours|minutes|seconds)$/.test(snake)
        ? 'amount'
        : 'number';
    case 'array':
      if (plain.items?.['type'] === 'object' || /^(?:data|rows|table|records|values|points)$/.test(snake))
        return 'table';
      return /^(?:y|columns|series|fields)$/.test(snake) ? 'columns' : 'list';
    case 'object':
      if (/^duration$/.test(snake) || (plain.members.includes('days') && plain.members.includes('hours')))
        return 'duration';
      return /spec|vega/.test(snake) ? 'specification' : 'object';
    default:
      return toTextWish(plain);
  }
}
