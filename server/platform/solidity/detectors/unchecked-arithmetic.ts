import type { Detector, Hit } from '#server/platform/solidity/detector.ts';
import { textOf } from '#server/platform/solidity/edit-source.ts';
import { stateBehind } from '#server/platform/solidity/effects.ts';
import { isCheckedFor, isRestricted } from '#server/platform/solidity/guards.ts';
import {
  type FunctionSource,
  isBefore,
  listFunctions,
  parameterNames,
  stateAt,
} from '#server/platform/solidity/source-model.ts';
import { conditionsOf, contains, findAll, mentions, type Node, rootOf } from '#server/platform/solidity/syntax.ts';

type Operation = Extract<Node, { type: 'BinaryOperation' }>;

const risky = new Set(['-', '-=', '*', '*=', '+', '+=']);

export const uncheckedArithmetic: Detector = {
  id: 'unchecked-arithmetic',
  weaknesses: ['SWC-101', 'SCWE-047'],
  severity: 'high',
  confidence: 'medium',
  title: { en: 'Arithmetic that can wrap around', zh: '算术运算可能溢出' },
  why: {
    en: 'Nothing notices when the result is below zero or too large; it wraps around to another number.',
    zh: '结果小于零或过大时不会被发现，而会回绕成另一个数。',
  },
  advice: {
    en: 'Use Solidity 0.8 without unchecked here, or check the sides first.',
    zh: '使用 Solidity 0.8 且此处不用 unchecked，或先检查操作数。',
  },
  find: (audited) =>
    listFunctions(audited).flatMap((one) => {
      if (one.contract.node.kind === 'library' && /SafeMath|FixedPoint|FullMath|Math$/.test(one.contract.name))
        return [];
      const given = parameterNames(one);
      const isOld = isBefore(one.file, 800);
      const bodies: Node[] = isOld
        ? one.node.body
          ? [one.node.body]
          : []
        : findAll(one.node.body, 'UncheckedStatement').map(({ block }) => block);
      return bodies.flatMap((body) =>
        findAll(body, 'BinaryOperation')
          .filter((node) => {
            const { operator, left, right, range } = node;
            if (!risky.has(operator)) return false;
            const isOpen = (side: Node) =>
              mentions(side, given) ||
              contains(side, (inner) => inner.type === 'Identifier' && stateAt(one, inner.name) !== null);
            if (!mentions(left, given) && !mentions(right, given) && !isWritten(one, node)) return false;
            if (!isOpen(left) && !isOpen(right)) return false;
            if ([left, right].some((side) => side.type === 'NumberLiteral' || side.type === 'StringLiteral'))
              return false;
            const names = [rootOf(left), rootOf(right)].flatMap((name) => (name === null ? [] : [name]));
            const texts = operator.startsWith('*') ? names : [textOf(one.file, left), textOf(one.file, right)];
            return !isCheckedFor(one, texts, range?.[0] ?? 0) && !isCheckedAfter(one, node);
          })
          .flatMap((node) => (isOld ? [weighOld(one, node)] : weighUnchecked(one, node))),
      );
    }),
};

const isWritten = (one: FunctionSource, { operator, left }: Operation) =>
  operator.endsWith('=') && stateBehind(one, left) !== null;

const changesState = (one: FunctionSource, node: Operation) =>
  isWritten(one, node) || (one.isEntry && !one.isReadOnly && one.contract.node.kind !== 'library');

/** `c = a + b; require(c >= a);` */
const isCheckedAfter = (one: FunctionSource, node: Node): boolean =>
  findAll(one.node.body, 'VariableDeclarationStatement').some(({ variables, initialValue }) => {
    const name = (variables[0] as { name?: string | null } | null)?.name;
    if (initialValue !== node || !name) return false;
    return conditionsOf(one.node.body).some(({ condition }) => mentions(condition, new Set([name])));
  });

/** Other sums of the function with the same amount and one of these operators. */
const otherSums = (one: FunctionSource, node: Operation, operators: string[]): Operation[] =>
  findAll(one.node.body, 'BinaryOperation').filter(
    (other) =>
      other !== node &&
      operators.includes(other.operator) &&
      textOf(one.file, other.right) === textOf(one.file, node.right) &&
      stateBehind(one, other.left) !== null,
  );

/** Before 0.8. What one gets and another loses only wraps where there is more of it than a number holds. */
function weighOld(one: FunctionSource, node: Operation): Hit {
  const isMoved =
    node.operator === '+=' &&
    otherSums(one, node, ['-=']).some(({ left }) => stateBehind(one, left) === stateBehind(one, node.left));
  if (isMoved) return { node, in: one, severity: 'low', confidence: 'low' };
  return { node, in: one, ...(changesState(one, node) ? {} : { severity: 'medium' as const }) };
}

/** Since 0.8 somebody wrote `unchecked` on purpose; what is high then is what nothing in the function looks at. */
function weighUnchecked(one: FunctionSource, node: Operation): Hit[] {
  const inside = findAll(one.node.body, 'UncheckedStatement').flatMap(({ block }) => findAll(block, 'BinaryOperation'));
  // The same amount went through arithmetic that is checked.
  if (otherSums(one, node, ['+=', '-=']).some((other) => !inside.includes(other))) return [];
  const given = parameterNames(one);
  const used = new Set(findAll(node, 'Identifier').flatMap(({ name }) => (given.has(name) ? [name] : [])));
  const isLookedAt = conditionsOf(one.node.body).some(({ condition }) => mentions(condition, used));
  const isBad =
    used.size > 0 && !node.operator.startsWith('+') && changesState(one, node) && !isLookedAt && !isRestricted(one);
  return [{ node, in: one, ...(isBad ? {} : { severity: 'medium' as const, confidence: 'low' as const }) }];
}
