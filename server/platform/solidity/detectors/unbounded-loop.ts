import type { Detector } from '#server/platform/solidity/detector.ts';
import { stateBehind, toOutgoing } from '#server/platform/solidity/effects.ts';
import { listEntries, stateAt } from '#server/platform/solidity/source-model.ts';
import { contains, findAll, nameOfCall, type Node, rootOf, targetsOf } from '#server/platform/solidity/syntax.ts';

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
      return loops.flatMap(({ node, condition, body }) => {
        const bound = findAll(condition, 'MemberAccess').find(({ memberName }) => memberName === 'length');
        const name = bound === undefined ? null : rootOf(bound.expression);
        const list = stateAt(one, name);
        const type = list?.node.typeName;
        if (type?.type !== 'ArrayTypeName' || type.length !== null) return [];
        const grows = one.contract.lineage.some(
          ({ functions }) =>
            functions.some(
              ({ node: other, isEntry }) =>
                isEntry &&
                findAll(other.body, 'FunctionCall').some(
                  (call) => nameOfCall(call) === 'push' && rootOf(call.expression) === name,
                ),
            ) ||
            functions.some(({ node: other }) =>
              findAll(other.body, 'FunctionCall').some(
                (call) => nameOfCall(call) === 'push' && rootOf(call.expression) === name,
              ),
            ),
        );
        const works = contains(
          body,
          (part) =>
            targetsOf(part).some((target) => stateBehind(one, target) !== null) ||
            (part.type === 'FunctionCall' && toOutgoing(audited, one, part) !== null),
        );
        return grows && works ? [{ node, in: one }] : [];
      });
    }),
};
