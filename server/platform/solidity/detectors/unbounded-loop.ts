import type { Detector } from '#server/platform/solidity/detector.ts';
import { stateBehind, toOutgoing } from '#server/platform/solidity/effects.ts';
import { type FunctionSource, listEntries, stateAt } from '#server/platform/solidity/source-model.ts';
import { contains, findAll, nameOfCall, type Node, rootOf, targetsOf } from '#server/platform/solidity/syntax.ts';

const whole = { en: 'Clearing it costs gas for each entry, too.', zh: '清空列表同样按条目消耗 Gas。' };

export const unboundedLoop: Detector = {
  id: 'unbounded-loop',
  weaknesses: ['SWC-128', 'SCWE-058'],
  severity: 'medium',
  confidence: 'medium',
  title: { en: 'A loop over a list that grows', zh: '遍历不断增长的列表' },
  why: {
    en: 'With enough entries the call never fits into a block again, and what it does can no longer be done.',
    zh: '条目足够多时，调用将超出区块 Gas 上限，功能从此无法使用。',
  },
  advice: {
    en: 'Let people collect what is theirs, or go through the list in parts.',
    zh: '改为由用户自行领取，或分批遍历。',
  },
  find: (audited) =>
    listEntries(audited).flatMap((one) => {
      const loops: { node: Node; condition: Node | null | undefined; body: Node }[] = [
        ...findAll(one.node.body, 'ForStatement').map((node) => ({
          node,
          condition: node.conditionExpression,
          body: node.body,
        })),
        ...findAll(one.node.body, 'WhileStatement').map((node) => ({
          node,
          condition: node.condition,
          body: node.body,
        })),
      ];
      const clears = findAll(one.node.body, 'ExpressionStatement').flatMap(({ expression }) => {
        const list = clearedList(expression);
        return list !== null && isGrowing(one, list) ? [{ node: expression ?? one.node, in: one, detail: whole }] : [];
      });
      const found = loops.flatMap(({ node, condition, body }) => {
        const bound = findAll(condition, 'MemberAccess').find(({ memberName }) => memberName === 'length');
        const name = bound === undefined ? null : rootOf(bound.expression);
        const works = contains(
          body,
          (part) =>
            targetsOf(part).some((target) => stateBehind(one, target) !== null) ||
            (part.type === 'FunctionCall' && toOutgoing(audited, one, part) !== null),
        );
        return name !== null && isGrowing(one, name) && works ? [{ node, in: one }] : [];
      });
      return [...found, ...clears];
    }),
};

/** The list that a statement empties at once: `delete list`, `list = new address[](0)`. */
function clearedList(statement: Node | null): string | null {
  if (statement?.type === 'UnaryOperation' && statement.operator === 'delete') {
    return statement.subExpression.type === 'Identifier' ? statement.subExpression.name : null;
  }
  if (statement?.type !== 'BinaryOperation' || statement.operator !== '=' || statement.left.type !== 'Identifier')
    return null;
  const { right, left } = statement;
  const isEmpty =
    right.type === 'FunctionCall' &&
    right.expression.type === 'NewExpression' &&
    right.arguments[0]?.type === 'NumberLiteral' &&
    right.arguments[0].number === '0';
  return isEmpty ? left.name : null;
}

/** Whether a state variable is a list without a fixed length to which something is added. */
function isGrowing(one: FunctionSource, name: string): boolean {
  const type = stateAt(one, name)?.node.typeName;
  if (type?.type !== 'ArrayTypeName' || type.length !== null) return false;
  return one.contract.lineage.some(({ functions }) =>
    functions.some(({ node }) =>
      contains(
        node.body,
        (part) =>
          (part.type === 'FunctionCall' && nameOfCall(part) === 'push' && rootOf(part.expression) === name) ||
          (part.type === 'BinaryOperation' &&
            part.operator === '+=' &&
            part.left.type === 'MemberAccess' &&
            part.left.memberName === 'length' &&
            rootOf(part.left) === name),
      ),
    ),
  );
}
