import type { Detector } from '#server/platform/solidity/detector.ts';
import { listFunctions } from '#server/platform/solidity/source-model.ts';
import { contains, findAll, isGlobal, isIdentifier, type Node } from '#server/platform/solidity/syntax.ts';

const isTime = (node: Node): boolean => isGlobal(node, 'block', 'timestamp') || isIdentifier(node, 'now');

/** Blocks do not come evenly: a number of them is no time. */
const isDuration = (node: Node): boolean =>
  (node.type === 'NumberLiteral' && /^(?:seconds|minutes|hours|days|weeks|years)$/.test(node.subdenomination ?? '')) ||
  (node.type === 'Identifier' && /time|seconds|hours|days|weeks/i.test(node.name) && !/block/i.test(node.name));

export const timestampDependence: Detector = {
  id: 'timestamp-dependence',
  weaknesses: ['SWC-116', 'SCWE-065'],
  severity: 'low',
  confidence: 'medium',
  title: { en: 'It depends on the exact second', zh: '依赖精确的区块时间' },
  why: {
    en: 'A proposer moves the block’s time by some seconds. What is decided by equality or by its last digits can be chosen.',
    zh: '出块者可以将区块时间调整几秒；用相等或取余来决定的结果可被操纵。',
  },
  advice: {
    en: 'Compare with before or after, over spans of minutes or more.',
    zh: '使用先后比较，时间跨度至少数分钟。',
  },
  find: (audited) =>
    listFunctions(audited).flatMap((one) =>
      findAll(one.node.body, 'BinaryOperation')
        .filter(
          ({ operator, left, right }) =>
            (['==', '!='].includes(operator) &&
              [left, right].some(
                (side) => contains(side, isTime) && !contains(side, (node) => node.type === 'IndexAccess'),
              )) ||
            (operator === '%' && isTime(left)) ||
            (['+', '-'].includes(operator) &&
              [left, right].some((side) => isGlobal(side, 'block', 'number')) &&
              [left, right].some((side) => contains(side, isDuration))),
        )
        .map((node) => ({ node, in: one })),
    ),
};
