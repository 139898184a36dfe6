import { z } from 'zod';
import { defineTool } from './tool.ts';
import { calculate } from './calculator/calculate.ts';

const longestExpression = 1_000;

/** Arithmetic with exact decimals: 0.1 + 0.2 is 0.3. Needs nothing from outside. */
export function createCalculatorTool() {
  return defineTool({
    id: 'calculator',
    title: { en: 'Calculator', zh: '计算器' },
    description: {
      en:
        'Evaluates an arithmetic expression with exact decimals (no floating-point error). Use it for every calculation. ' +
        'Knows + - * / ^ ! and parentheses, percentages (200 + 10%, 15% of 80), and functions such as sqrt, cbrt, nthRoot, abs, ' +
        'round, floor, ceil, min, max, sum, mean, mod, gcd, lcm, exp, ln, log, log10, log2, sin, cos, tan (radians), with pi and e.',
      zh: '用精确的十进制数计算算式（没有浮点误差）。支持加减乘除、乘方、阶乘、括号、百分比、平方根、对数、三角函数（弧度）等。任何计算都可以用它。',
    },
    category: 'basics',
    effect: 'read',
    untrusted: false,
    input: z.strictObject({
      expression: z
        .string()
        .trim()
        .min(1)
        .max(longestExpression)
        .describe(
          'The expression, with numbers and operators only, e.g. "(1250.75 - 3%) * 12" or "sqrt(2) / 3". No variables, no units.',
        ),
    }),
    output: z.object({
      expression: z.string().describe('The expression as it was understood.'),
      result: z.string().describe('The result as a decimal number.'),
      approximate: z
        .boolean()
        .describe('True when the exact result has no end, such as 1/3, and was rounded to 64 digits.'),
    }),
    timeoutMs: 20_000,
    maximumResultBytes: 8_000,
    intent: ({ expression }, language) => {
      const shown = expression.length > 60 ? `${expression.slice(0, 59)}…` : expression;
      return language === 'zh' ? `计算 ${shown}` : `Calculating ${shown}`;
    },
    run: async ({ expression }) => ({ output: await calculate(expression) }),
  });
}
