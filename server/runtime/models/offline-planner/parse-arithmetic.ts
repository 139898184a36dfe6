export type ArithmeticToken = {
  type: 'number' | 'function' | 'operator' | 'postfix' | 'open' | 'close' | 'comma' | 'other';
  value: string;
  start: number;
  end: number;
};

type Parsed = { value: string; next: number; operates: boolean; percent?: boolean };

/** Stands in an expression for the number that an earlier step brought. */
export const previousResult = '$previous';

/**
 * Reads the longest expression that starts at a token, or null.
 *
 * `mayContinue`: an operator at the start goes on from the previous result ("times 3").
 */
export function parseArithmetic(tokens: ArithmeticToken[], start: number, mayContinue = false): Parsed | null {
  const is = (at: number, type: ArithmeticToken['type'], ...values: string[]) => {
    const token = tokens[at];
    return token !== undefined && token.type === type && (values.length === 0 || values.includes(token.value));
  };

  function parsePrimary(at: number): Parsed | null {
    const token = tokens[at];
    if (token === undefined) return null;
    if (token.type === 'number')
      return { value: token.value, next: at + 1, operates: false, percent: token.value.endsWith('/ 100)') };
    if (token.type === 'function') {
      const inner = parsePrimaryOrList(at + 1);
      return (
        inner && {
          value: `${token.value}(${inner.value.replace(/^\((.*)\)$/s, '$1')})`,
          next: inner.next,
          operates: true,
        }
      );
    }
    if (token.type !== 'open') return null;
    const inner = parseSum(at + 1);
    if (inner !== null && is(inner.next, 'close') && !inner.operates && /^[\d.]+$/.test(inner.value)) {
      return { ...inner, next: inner.next + 1 };
    }
    return inner && is(inner.next, 'close')
      ? { ...inner, value: `(${inner.value})`, next: inner.next + 1, percent: false }
      : null;
  }

  function parsePrimaryOrList(at: number): Parsed | null {
    if (!is(at, 'open')) return parsePrimary(at);
    const values: string[] = [];
    let next = at;
    do {
      const item = parseSum(next + 1);
      if (item === null) return null;
      values.push(item.value);
      next = item.next;
    } while (is(next, 'comma'));
    return is(next, 'close') ? { value: `(${values.join(', ')})`, next: next + 1, operates: true } : null;
  }

  function parsePostfix(at: number): Parsed | null {
    let left = parsePrimary(at);
    while (left !== null && is(left.next, 'postfix')) {
      const sign = tokens[left.next]?.value ?? '';
      const next: number = left.next + 1;
      if (sign === '%') left = { value: `(${left.value} / 100)`, next, operates: left.operates, percent: true };
      else if (sign === 'sqrt') left = { value: `sqrt(${left.value})`, next, operates: true };
      else if (sign === '!' && !isFactorial(left.next)) return left;
      else left = { value: `${left.value}${sign}`, next, operates: true };
    }
    return left;
  }

  /** "5!" at the end of a shout is no factorial. */
  function isFactorial(at: number): boolean {
    return tokens[at - 1]?.end === tokens[at]?.start && tokens[at - 1]?.type === 'number';
  }

  function parsePower(at: number): Parsed | null {
    const left = parsePostfix(at);
    if (left === null || !is(left.next, 'operator', '^')) return left;
    const right = parseFactor(left.next + 1);
    return right === null ? left : { value: `${left.value}^${right.value}`, next: right.next, operates: true };
  }

  function parseFactor(at: number): Parsed | null {
    if (!is(at, 'operator', '-')) return parsePower(at);
    const inner = parsePower(at + 1);
    return inner && { ...inner, value: `-${inner.value}` };
  }

  function parseProduct(at: number): Parsed | null {
    let left = parseFactor(at);
    while (left !== null && is(left.next, 'operator', '*', '/', 'mod', 'of', 'off')) {
      const sign = tokens[left.next]?.value ?? '';
      const right = parseFactor(left.next + 1);
      if (right === null) break;
      const next = right.next;
      if (sign === 'of' && left.percent !== true && right.percent !== true) break;
      if (sign === 'off' && left.percent !== true) break;
      if (sign === 'off') left = { value: `${right.value} * (1 - ${bare(left.value)})`, next, operates: true };
      else left = { value: `${left.value} ${sign === 'of' ? '*' : sign} ${right.value}`, next, operates: true };
    }
    return left;
  }

  function parseSum(at: number): Parsed | null {
    let left = parseProduct(at);
    while (left !== null && is(left.next, 'operator', '+', '-')) {
      const sign = tokens[left.next]?.value ?? '';
      const right = parseProduct(left.next + 1);
      if (right === null) break;
      const value: string =
        right.percent === true && left.percent !== true
          ? `(${left.value}) * (1 ${sign} ${bare(right.value)})`
          : `${left.value} ${sign} ${right.value}`;
      left = { value, next: right.next, operates: true };
    }
    return left;
  }

  if (mayContinue && is(start, 'operator', '*', '/', '+', '^')) {
    const sign = tokens[start]?.value ?? '';
    const right = parseFactor(start + 1);
    return right && { value: `${previousResult} ${sign} ${right.value}`, next: right.next, operates: true };
  }
  return parseSum(start);
}

function bare(percentage: string): string {
  return percentage.replace(/^\((.*)\)$/, '$1');
}
