import type { MathNode } from 'mathjs';
import { HubError } from '#server/hub-error.ts';
import { toCalculationError } from './calculation-error.ts';
import { type DecimalConstructor, formatNumber, workingDigits, wideDigits } from './exact-number.ts';
import { createFunctions } from './functions.ts';
import { normalizeExpression } from './normalize-expression.ts';
import { createOperations } from './operations.ts';
import { createTreeEvaluator } from './evaluate-tree.ts';

type Calculator = { parse: (expression: string) => MathNode; evaluate: ReturnType<typeof createTreeEvaluator> };
let loading: Promise<Calculator> | undefined;

/**
 * Works out an expression of numbers; exact to the last digit where the true result has up to 100 of them.
 *
 * The expression is only parsed by mathjs; what its tree may hold and do is decided here, so that none of mathjs's
 * functions that build, import or evaluate can be reached.
 *
 * @throws {HubError} `validation_failed`, saying what to change
 */
export async function calculate(expression: string) {
  const normalized = normalizeExpression(expression);
  loading ??= load();
  const { parse, evaluate } = await loading;
  try {
    const tree = parse(normalized);
    const number = evaluate(tree);
    return { expression: tree.toString(), result: formatNumber(number), approximate: !number.exact };
  } catch (thrown) {
    if (thrown instanceof HubError) throw thrown;
    if (thrown instanceof RangeError)
      throw toCalculationError({ en: 'The expression is nested too deeply.', zh: '表达式嵌套过深。' });
    const why = thrown instanceof Error ? thrown.message : 'unknown error';
    throw toCalculationError({ en: `The expression cannot be read: ${why}`, zh: `无法识别表达式：${why}` });
  }
}

// mathjs takes a while to load; a hub that never calculates does not pay for it.
async function load(): Promise<Calculator> {
  const { create, parseDependencies, BigNumberDependencies, bignumberDependencies } = await import('mathjs');
  const math = create(
    { ...parseDependencies, ...BigNumberDependencies, ...bignumberDependencies },
    { number: 'BigNumber', precision: workingDigits },
  );
  const Decimal = math.bignumber(0).constructor as DecimalConstructor & {
    clone: (settings: { precision: number }) => DecimalConstructor;
  };
  const operations = createOperations({ Wide: Decimal.clone({ precision: wideDigits }) });
  const functions = createFunctions({ operations, Decimal });
  return { parse: (text) => math.parse(text), evaluate: createTreeEvaluator({ operations, functions, Decimal }) };
}
