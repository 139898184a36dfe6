import type { Detector } from '#server/platform/solidity/detector.ts';
import { textOf } from '#server/platform/solidity/edit-source.ts';
import { stateBehind } from '#server/platform/solidity/effects.ts';
import { isCheckedFor } from '#server/platform/solidity/guards.ts';
import { isBefore, listFunctions, parameterNames, stateAt } from '#server/platform/solidity/source-model.ts';
import { contains, findAll, mentions, type Node, rootOf } from '#server/platform/solidity/syntax.ts';

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
      const bodies: Node[] = isBefore(one.file, 800)
        ? one.node.body
          ? [one.node.body]
          : []
        : findAll(one.node.body, 'UncheckedStatement').map(({ block }) => block);
      return bodies.flatMap((body) =>
        findAll(body, 'BinaryOperation')
          .filter(({ operator, left, right, range }) => {
            if (!risky.has(operator)) return false;
            const isOpen = (side: Node) =>
              mentions(side, given) ||
              contains(side, (node) => node.type === 'Identifier' && stateAt(one, node.name) !== null);
            const isWritten = operator.endsWith('=') && stateBehind(one, left) !== null;
            if (!mentions(left, given) && !mentions(right, given) && !isWritten) return false;
            if (!isOpen(left) && !isOpen(right)) return false;
            if ([left, right].some((side) => side.type === 'NumberLiteral' || side.type === 'StringLiteral'))
              return false;
            const names = [rootOf(left), rootOf(right)].flatMap((name) => (name === null ? [] : [name]));
            const texts = operator.startsWith('-') ? [textOf(one.file, left), textOf(one.file, right)] : names;
            return !isCheckedFor(one, texts, range?.[0] ?? 0);
          })
          .map((node) => ({ node, in: one })),
      );
    }),
};
