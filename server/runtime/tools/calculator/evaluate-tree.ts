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
      if (performance.now() > end) throw toCalculationError('The expression takes too long to work out.');
      if (isKind<ConstantNode>(node, 'ConstantNode')) return toNumber(node);
      if (isKind<ParenthesisNode>(node, 'ParenthesisNode')) return evaluate(node.content);
      if (isKind<SymbolNode>(node, 'SymbolNode')) return toConstant(node.name);
      if (isKind<OperatorNode>(node, 'OperatorNode')) return operate(node);
      if (isKind<FunctionNode>(node, 'FunctionNode')) return call(node);
      throw toCalculationError(`Only arithmetic is understood here; remove "${node.toString().slice(0, 60)}".`);
    };

    const toNumber = ({ value }: ConstantNode): ExactNumber => {
      const number = value as unknown;
      if (!(number instanceof Decimal)) throw toCalculationError(`"${String(number).slice(0, 60)}" is not a number.`);
      return checkRange({ value: number, exact: true });
    };

    const toConstant = (name: string): ExactNumber => {
      const constant = constants.get(name);
      if (constant === undefined) {
        throw toCalculationError(
          `"${name}" is not known here. Put numbers in place of names and units; the constants are pi, e, tau and phi.`,
        );
      }
      return { value: constant(), exact: false };
    };

    const operate = (node: OperatorNode): ExactNumber => {
      const [left, right] = node.args;
      if (left === undefined) throw toCalculationError('An operator lacks its number.');
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
            throw toCalculationError('"%" could mean two things here. Write percent(x) or mod(a, b).');
          }
          return operations.remainder(a, b);
        default:
          throw toCalculationError(`The operator "${String(node.op)}" is not known here.`);
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
          throw toCalculationError(`The operator "${String(node.op)}" is not known here.`);
      }
    };

    const call = (node: FunctionNode): ExactNumber => {
      const name = isKind<SymbolNode>(node.fn, 'SymbolNode') ? node.fn.name : '';
      const known = functions.get(name);
      if (known === undefined) {
        throw toCalculationError(
          `"${name.slice(0, 60)}" is not a function here. Known are: ${[...functions.keys()].join(', ')}.`,
        );
      }
      const [least, most] = known.arity;
      if (node.args.length < least || node.args.length > most) {
        throw toCalculationError(
          `${name} takes ${least === most ? least : `${least} to ${most}`} number(s), not ${node.args.length}.`,
        );
      }
      return checkRange(known.apply(...node.args.map(evaluate)));
    };

    return evaluate(tree);
  };
}

function isKind<Node>(node: MathNode, type: string): node is MathNode & Node {
  return node.type === type;
}

function isPercentage(node: MathNode): boolean {
  return isKind<FunctionNode>(node, 'FunctionNode') && node.fn.name === 'percent' && node.args.length === 1;
}
