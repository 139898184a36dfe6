import { type FunctionSource, stateAt } from './source-model.ts';
import { isIdentifier, type Node, rootOf } from './syntax.ts';

/** A contract that is fixed for ever: the contract's maker chose it. */
export function isTrustedTarget(one: FunctionSource, target: Node | null): boolean {
  if (target === null) return false;
  if (isIdentifier(target, 'this')) return true;
  const inner = target.type === 'FunctionCall' ? (target.arguments[0] ?? target) : target;
  const variable = stateAt(one, rootOf(inner));
  return variable !== null && (variable.node.isImmutable || variable.node.isDeclaredConst === true);
}
