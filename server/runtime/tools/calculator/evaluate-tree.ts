import type {
  BigNumber,
  ConstantNode,
  FunctionNode,
  MathNode,
  OperatorNode,
  ParenthesisNode,
  SymbolNode,
} from 'mathjs';
import { toCalculationError } from './calculation-error.ts';
import { checkRange, type DecimalConstructor, type ExactNumber } from './exact-number.ts';
import type { createFunctions } from './functions.ts';
import type { Operations } from './operations.ts';

const mostMilliseconds = 2_000;

/** Walks a parsed expression; every kind of node that is not plain arithmetic is refused by name. */
export function createTreeEvaluator({
  operations,
  functions,
  Decimal,
}: {
  operations: Operations;
  functions: ReturnType<typeof createFunctions>;
  Decimal: DecimalConstructor;
}) {
  const constants = new Map<string, () => BigNumber>([
    ['pi', () => new Decimal(-1).acos()],
    ['e', () => new Decimal(1).exp()],
    ['tau', () => new Decimal(-1).acos().times(2)],
    ['phi', () => new Decimal(5).sqrt().plus(1).div(2)],
  ]);

  return (tree: MathNode): ExactNumber => {
    const end = performance.now() + mostMilliseconds;
    const evaluate = (node: MathNode): ExactNumber => {
      if (performance.now() > end)
        throw toCalculationError({ en: 'The expression takes too long to work out.', zh: '表达式计算时间过长。' });
      if (isKind<ConstantNode>(node, 'ConstantNode')) return toNumber(node);
      if (isKind<ParenthesisNode>(node, 'ParenthesisNode')) return evaluate(node.content);
      if (isKind<SymbolNode>(node, 'SymbolNode')) return toConstant(node.name);
      if (isKind<OperatorNode>(node, 'OperatorNode')) return operate(node);
      if (isKind<FunctionNode>(node, 'FunctionNode')) return call(node);
      const what = node.toString().slice(0, 60);
      throw toCalculationError({
        en: `Only arithmetic is understood here; remove "${what}".`,
        zh: `这里只能进行算术运算；请去掉“${what}”。`,
      });
    };

    const toNumber = ({ value }: ConstantNode): ExactNumber => {
      const number = value as unknown;
      if (!(number instanceof Decimal)) {
        const what = String(number).slice(0, 60);
        throw toCalculationError({ en: `"${what}" is not a number.`, zh: `“${what}”不是数字。` });
      }
      return checkRange({ value: number, exact: true });
    };

    const toConstant = (name: string): ExactNumber => {
      const constant = constants.get(name);
      if (constant === undefined) {
        throw toCalculationError({
          en: `"${name}" is not known here. Put numbers in place of names and units; the constants are pi, e, tau and phi.`,
          zh: `这里没有“${name}”。请用数字代替名称和单位；可用的常数有 pi、e、tau 和 phi。`,
        });
      }
      return { value: constant(), exact: false };
    };

    const operate = (node: OperatorNode): ExactNumber => {
      const [left, right] = node.args;
      if (left === undefined) throw toCalculationError({ en: 'An operator lacks its number.', zh: '运算符缺少数字。' });
      if (right === undefined) return operateOnOne(node, evaluate(left));
      const a = evaluate(left);
      const isShare = isPercentage(right);
      const b = evaluate(right);
      switch (String(node.fn)) {
        case 'add':
          return operations.add(a, isShare ? operations.multiply(a, b) : b);
        case 'subtract':
          return operations.subtract(a, isShare ? operations.multiply(a, b) : b);
        case 'multiply':
          return operations.multiply(a, b);
        case 'divide':
          return operations.divide(a, b);
        case 'pow':
          return operations.power(a, b);
        case 'mod':
          if (
            String(node.op) === '%' &&
            isKind<OperatorNode>(right, 'OperatorNode') &&
            String(right.fn).startsWith('unary')
          ) {
            throw toCalculationError({
              en: '"%" could mean two things here. Write percent(x) or mod(a, b).',
              zh: '此处的“%”有两种含义。请写 percent(x) 或 mod(a, b)。',
            });
          }
          return operations.remainder(a, b);
        default:
          throw toCalculationError(unknownOperator(String(node.op)));
      }
    };

    const operateOnOne = (node: OperatorNode, a: ExactNumber): ExactNumber => {
      switch (String(node.fn)) {
        case 'unaryMinus':
          return { ...a, value: a.value.neg() };
        case 'unaryPlus':
          return a;
        case 'factorial':
          return operations.factorial(a);
        default:
          throw toCalculationError(unknownOperator(String(node.op)));
      }
    };

    const call = (node: FunctionNode): ExactNumber => {
      const name = isKind<SymbolNode>(node.fn, 'SymbolNode') ? node.fn.name : '';
      const known = functions.get(name);
      if (known === undefined) {
        const names = [...functions.keys()];
        throw toCalculationError({
          en: `"${name.slice(0, 60)}" is not a function here. Known are: ${names.join(', ')}.`,
          zh: `这里没有函数“${name.slice(0, 60)}”。可用的函数：${names.join('、')}。`,
        });
      }
      const [least, most] = known.arity;
      if (node.args.length < least || node.args.length > most) {
        throw toCalculationError({
          en: `${name} takes ${least === most ? least : `${least} to ${most}`} number(s), not ${node.args.length}.`,
          zh: `${name} 需要 ${least === most ? least : `${least} 到 ${most}`} 个数，而不是 ${node.args.length} 个。`,
        });
      }
      return checkRange(known.apply(...node.args.map(evaluate)));
    };

    return evaluate(tree);
  };
}

const unknownOperator = (operator: string) => ({
  en: `The operator "${operator}" is not known here.`,
  zh: `这里没有运算符“${operator}”。`,
});

function isKind<Node>(node: MathNode, type: string): node is MathNode & Node {
  return node.type === type;
}

function isPercentage(node: MathNode): boolean {
  return isKind<FunctionNode>(node, 'FunctionNode') && node.fn.name === 'percent' && node.args.length === 1;
}
