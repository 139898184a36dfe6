import { toCalculationError } from './calculation-error.ts';

const words: readonly (readonly [RegExp, string])[] = [
  [/²/g, '^2'],
  [/³/g, '^3'],
  [/[×✕✖·⋅]|乘以|乘/g, '*'],
  [/[÷∕]|除以/g, '/'],
  [/[−–—]|减去|减/g, '-'],
  [/加上|加/g, '+'],
  [/π/g, 'pi'],
  [/√\s*(\d+(?:\.\d+)?)/g, 'sqrt($1)'],
  [/√\s*(?=\()/g, 'sqrt'],
];
const percentage = /(?<![\w.])(\d[\d.]*(?:e[+-]?\d+)?)\s*%(?!\s*[\w(.])/gi;
const percentageOf = /(?<![\w.])(\d[\d.]*(?:e[+-]?\d+)?)\s*%\s*(?:of\b|的)/gi;
const groupedNumber = /(?<![\d.,])\d{1,3}(?:,\d{3})+(?![\d,])/g;

/**
 * Rewrites what people type (÷, full-width digits, 1,234.5, 1_000, 20% of 50, **) into what the parser knows.
 *
 * A percentage becomes `percent(n)`, since a bare `%` would also mean a remainder.
 *
 * @throws {HubError} `validation_failed`, when a comma could mean two things
 */
export function normalizeExpression(expression: string): string {
  const symbols = words
    .reduce((text, [pattern, symbol]) => text.replace(pattern, symbol), expression)
    .normalize('NFKC');
  const plain = symbols
    .replace(/=\s*[?？]?\s*$/, '')
    .replaceAll('**', '^')
    .replace(/(?<=\d)_(?=\d)/g, '');
  return withoutThousands(plain)
    .replace(percentageOf, 'percent($1) *')
    .replace(percentage, 'percent($1)')
    .replace(/\)\s*的/g, ') *')
    .trim();
}

function withoutThousands(text: string): string {
  const hasCall = /[a-z]\w*\s*\(/i.test(text);
  if (!hasCall) return text.replace(groupedNumber, (number) => number.replaceAll(',', ''));
  if (/\d,0\d\d(?!\d)/.test(text)) {
    throw toCalculationError({
      en: 'Write numbers inside functions without thousands separators: 1000, not 1,000.',
      zh: '函数中的数字请勿使用千位分隔符：写 1000，不写 1,000。',
    });
  }
  return text;
}
