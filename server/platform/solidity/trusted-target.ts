import { findFunctions, type FunctionSource, stateAt } from './source-model.ts';
import { findAll, isIdentifier, type Node, rootOf } from './syntax.ts';

/** A contract that is fixed for ever: the contract's maker chose it. */
export function isTrustedTarget(one: FunctionSource, target: Node | null): boolean {
  if (target === null) return false;
  if (isIdentifier(target, 'this')) return true;
  const inner = target.type === 'FunctionCall' ? (target.arguments[0] ?? target) : target;
  const variable = stateAt(one, rootOf(answerOf(one, inner) ?? inner));
  return variable !== null && (variable.node.isImmutable || variable.node.isDeclaredConst === true);
}

/** What a function of the contract's own without parameters answers, as `asset()`. */
function answerOf(one: FunctionSource, node: Node): Node | null {
  if (node.type !== 'FunctionCall' || node.expression.type !== 'Identifier' || node.arguments.length > 0) return null;
  const [called] = findFunctions(one.contract, node.expression.name);
  const answer = findAll(called?.node.body, 'ReturnStatement')[0]?.expression ?? null;
  // address(token) is the token.
  return answer?.type === 'FunctionCall' && answer.arguments.length === 1 ? (answer.arguments[0] ?? null) : answer;
}
