import type { FilterValue, RowFilter } from '#server/contract/row-filter.ts';
import { HubError } from '#server/hub-error.ts';

const longest = 4_000;
const mostParts = 200;
const deepest = 20;
const tokens = /\s*(?:"((?:[^"]|"")+)"|'((?:[^']|'')*)'|(<=|>=|<>|!=|=|<|>|\(|\)|,)|([^\s"'<>=!(),]+))/y;

type Token = { kind: 'name' | 'text' | 'mark' | 'word'; text: string; at: number };

/**
 * Reads `column operator value`, joined by AND, OR and parentheses, as Dune writes filters: IN and LIKE, IS NULL too; values are
 * texts in quotation marks, numbers or `0x…`; a column with other signs in its name stands in double quotation marks.
 *
 * @throws {HubError} `validation_failed`, with what was not understood, about `path`
 */
export function readFilter(text: string, path: string): RowFilter {
  const refuse = (en: string, zh: string): never => {
    const message = { en: `The filter cannot be read: ${en}.`, zh: `无法读取筛选条件：${zh}。` };
    throw new HubError('validation_failed', message, { errors: [{ path, message }] });
  };
  if (text.length > longest) refuse(`it is longer than ${longest} characters`, `超过 ${longest} 个字符`);
  const read = toTokens(text, (at) =>
    refuse(`"${text.slice(at, at + 20)}" was not expected`, `未预期“${text.slice(at, at + 20)}”`),
  );
  let place = 0;
  let parts = 0;
  const refuseNext = (wanted: { en: string; zh: string }): never => {
    const next = read[place];
    return next === undefined
      ? refuse(`${wanted.en} is missing at its end`, `末尾缺少${wanted.zh}`)
      : refuse(`${wanted.en} was expected instead of "${next.text}"`, `“${next.text}”处应为${wanted.zh}`);
  };
  const isWord = (...words: string[]): boolean => {
    const next = read[place];
    return next?.kind === 'word' && words.includes(next.text.toLowerCase());
  };
  const takeWord = (word: string): boolean => {
    if (!isWord(word)) return false;
    place += 1;
    return true;
  };
  const takeMark = (mark: string): boolean => {
    if (read[place]?.kind !== 'mark' || read[place]?.text !== mark) return false;
    place += 1;
    return true;
  };

  function readAny(depth: number): RowFilter {
    const all = [readAll(depth)];
    while (takeWord('or')) all.push(readAll(depth));
    return toJoined('any', all);
  }

  function readAll(depth: number): RowFilter {
    const all = [readOne(depth)];
    while (takeWord('and')) all.push(readOne(depth));
    return toJoined('all', all);
  }

  function readOne(depth: number): RowFilter {
    parts += 1;
    if (depth > deepest || parts > mostParts) refuse('it has too many parts', '条件过多');
    if (takeMark('(')) {
      const inner = readAny(depth + 1);
      return takeMark(')') ? inner : refuseNext({ en: 'a closing parenthesis', zh: '右括号' });
    }
    if (isWord('not')) refuse('NOT is not known; use <> instead', '不支持 NOT，请使用 <>');
    const name = read[place];
    if (name === undefined || (name.kind !== 'name' && name.kind !== 'word')) {
      return refuseNext({ en: 'the name of a column', zh: '列名' });
    }
    place += 1;
    const column = name.text;
    if (takeWord('in')) return { kind: 'in', column, values: readValues() };
    if (takeWord('like')) return { kind: 'compare', column, operator: 'like', value: readValue() };
    if (takeWord('is')) {
      const isEmpty = !takeWord('not');
      return takeWord('null') ? { kind: 'empty', column, isEmpty } : refuseNext({ en: 'NULL', zh: 'NULL' });
    }
    if (isWord('not')) refuse('NOT is not known; use <> instead', '不支持 NOT，请使用 <>');
    const operator = read[place]?.kind === 'mark' ? toOperator(read[place]?.text ?? '') : null;
    if (operator === null) return refuseNext({ en: 'a comparison such as = or >', zh: '比较符号（如 = 或 >）' });
    place += 1;
    return { kind: 'compare', column, operator, value: readValue() };
  }

  function readValue(): FilterValue {
    const next = read[place];
    const isNumber = next?.kind === 'word' && /^[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i.test(next.text);
    const isBare = next?.kind === 'word' && /^(?:0x[0-9a-f]*|true|false)$/i.test(next.text);
    if (next === undefined || (next.kind !== 'text' && !isNumber && !isBare)) {
      return refuseNext({ en: "a value such as 7, 0xab or 'text'", zh: "值（如 7、0xab 或 'text'）" });
    }
    place += 1;
    return { text: next.text, isNumber };
  }

  function readValues(): FilterValue[] {
    if (!takeMark('(')) refuseNext({ en: 'an opening parenthesis', zh: '左括号' });
    const values = [readValue()];
    while (takeMark(',')) values.push(readValue());
    return takeMark(')') ? values : refuseNext({ en: 'a closing parenthesis', zh: '右括号' });
  }

  const filter = readAny(0);
  return place === read.length ? filter : refuseNext({ en: 'AND or OR', zh: 'AND 或 OR' });
}

const toJoined = (kind: 'all' | 'any', parts: RowFilter[]): RowFilter =>
  parts.length === 1 && parts[0] !== undefined ? parts[0] : { kind, parts };

const operators = { '=': '=', '<>': '<>', '!=': '<>', '<': '<', '<=': '<=', '>': '>', '>=': '>=' } as const;

const toOperator = (mark: string) => (mark in operators ? operators[mark as keyof typeof operators] : null);

function toTokens(text: string, refuse: (at: number) => never): Token[] {
  const found: Token[] = [];
  const end = text.trimEnd().length;
  for (tokens.lastIndex = 0; tokens.lastIndex < end;) {
    const at = tokens.lastIndex;
    const [, name, quoted, mark, word] = tokens.exec(text) ?? refuse(at);
    if (name !== undefined) found.push({ kind: 'name', text: name.replaceAll('""', '"'), at });
    else if (quoted !== undefined) found.push({ kind: 'text', text: quoted.replaceAll("''", "'"), at });
    else if (mark !== undefined) found.push({ kind: 'mark', text: mark, at });
    else found.push({ kind: 'word', text: word ?? '', at });
  }
  return found;
}
