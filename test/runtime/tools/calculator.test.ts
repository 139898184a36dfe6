import { describe, expect, test } from 'vitest';
import { createCalculatorTool } from '#server/runtime/tools/calculator.ts';
import { callTool } from '#test/support/call-tool.ts';

const calculator = createCalculatorTool();
const calculate = async (expression: string) => {
  const { output, isError } = await callTool(calculator, { expression });
  return { isError, ...(output as { result?: string; approximate?: boolean; error?: string }) };
};

describe('the calculator', () => {
  test.each([
    ['0.1 + 0.2', '0.3'],
    ['1 / 8', '0.125'],
    ['2^256 - 1', '115792089237316195423570985008687907853269984665640564039457584007913129639935'],
    ['1000000000000000000 * 0.000000000000000001', '1'],
    ['1,234.5 + 1_000', '2234.5'],
    ['200 + 10%', '220'],
    ['100 - 10% + 3', '93'],
    ['20% of 50', '10'],
    ['20%的50', '10'],
    ['１０ × ３ ÷ ４', '7.5'],
    ['3加4乘以2', '11'],
    ['5² + √16', '29'],
    ['-2^2', '-4'],
    ['2^3^2', '512'],
    ['10 % 3', '1'],
    ['mod(-1, 3)', '2'],
    ['5! / 3!', '20'],
    ['sqrt(1.44)', '1.2'],
    ['nthRoot(27, 3) + 8^(1/3)*0', '3'],
    ['log10(1000)', '3'],
    ['log(8, 2)', '3'],
    ['round(2.345, 2)', '2.35'],
    ['max(1, 7, 3) - min(4, 2)', '5'],
    ['mean(1, 2, 3, 4)', '2.5'],
    ['gcd(12, 18) + lcm(4, 6)', '18'],
    ['1e-18 * 3', '0.000000000000000003'],
    ['1 + 1 = ?', '2'],
  ])('finds %s = %s', async (expression, expected) => {
    expect(await calculate(expression)).toMatchObject({ isError: false, result: expected });
  });

  test('tells exact results from rounded ones', async () => {
    expect(await calculate('0.1 + 0.2')).toMatchObject({ approximate: false });
    expect(await calculate('sqrt(16)')).toMatchObject({ approximate: false });
    expect(await calculate('1 / 3')).toMatchObject({ result: `0.${'3'.repeat(64)}`, approximate: true });
    expect(await calculate('1 / 3 * 3')).toMatchObject({ result: '1', approximate: true });
    expect(await calculate('sin(1)')).toMatchObject({ approximate: true });
    expect(await calculate('1e600 + 1')).toMatchObject({ approximate: true });
  });

  test.each([
    ['import("fs")', /not a function here/],
    ['evaluate("1+1")', /not a function here/],
    ['createUnit("x")', /not a function here/],
    ['constructor(1)', /not a function here/],
    ['a = 1', /Only arithmetic/],
    ['f(x) = x', /Only arithmetic/],
    ['[1, 2, 3]', /Only arithmetic/],
    ['1:1000000', /Only arithmetic/],
    ['"text"', /not a number/],
    ['true', /not a number/],
    ['sqrt.constructor', /Only arithmetic/],
    ['5 meters', /Put numbers in place/],
    ['1 +', /cannot be read/],
    ['1 / 0', /Division by zero/],
    ['sqrt(-1)', /not real/],
    ['ln(0)', /positive/],
    ['9^9^9', /beyond 10\^1000/],
    ['170000!', /449!/],
    ['1e5000', /larger than/],
    ['exp(99999)', /beyond/],
    ['sin(1e900)', /below/],
    ['sqrt(1, 2)', /takes 1 number/],
    ['max(1,000, 2)', /thousands separators/],
    [`${'('.repeat(480)}1${')'.repeat(480)} + x`, /./],
  ])('refuses %s with words', async (expression, message) => {
    const { isError, error } = await calculate(expression);
    expect(isError).toBe(true);
    expect(error).toMatch(message);
  });

  test('an expression that is too long is named by its path', async () => {
    const { output } = await callTool(calculator, { expression: '1+'.repeat(600) + '1', unit: 'm' });
    expect(output).toMatchObject({ code: 'validation_failed', issues: [{ path: 'expression' }, { path: '' }] });
  });

  test('says what it does in both languages', () => {
    expect(calculator.intent({ expression: '1+1' }, 'en')).toBe('Calculating 1+1');
    expect(calculator.intent({ expression: '1+1' }, 'zh')).toBe('计算 1+1');
  });
});
