import type { Detector } from '#server/platform/solidity/detector.ts';
import { textOf } from '#server/platform/solidity/edit-source.ts';
import { conditionsOf, contains, findAll, mentions, type Node, rootOf } from '#server/platform/solidity/syntax.ts';
import { listFunctions, typeOf } from '#server/platform/solidity/source-model.ts';

const widthOf = (name: string): number | null => {
  const match = /^u?int(\d*)$/.exec(name);
  return match === null ? null : Number(match[1] || 256);
};

export const unsafeDowncast: Detector = {
  id: 'unsafe-downcast',
  weaknesses: ['SCWE-041'],
  severity: 'medium',
  confidence: 'medium',
  title: { en: 'A number is cut to fewer bits', zh: '数值被截断为更少的位' },
  why: {
    en: 'A conversion drops the high bits without a word; large amounts become small ones.',
    zh: '类型转换会悄悄丢弃高位，大额会变成小额。',
  },
  advice: { en: 'Check that it fits, or use SafeCast.', zh: '先检查是否放得下，或使用 SafeCast。' },
  find: (audited) =>
    listFunctions(audited).flatMap((one) =>
      findAll(one.node.body, 'FunctionCall').flatMap((call) => {
        const name =
          call.expression.type === 'ElementaryTypeName' || call.expression.type === 'Identifier'
            ? call.expression.name
            : '';
        const to = widthOf(name);
        const [value] = call.arguments;
        if (to === null || to >= 256 || value === undefined || one.contract.name === 'SafeCast') return [];
        const type = typeOf(audited, one, value);
        const from = type?.type === 'ElementaryTypeName' ? widthOf(type.name) : null;
        if (from === null || from <= to) return [];
        const root = rootOf(value) ?? textOf(one.file, value);
        const isChecked = conditionsOf(one.node.body).some(
          ({ condition }) => mentions(condition, new Set([root])) && contains(condition, isBound),
        );
        return isChecked ? [] : [{ node: call, in: one }];
      }),
    ),
};

const isBound = (node: Node): boolean =>
  (node.type === 'MemberAccess' && node.memberName === 'max') ||
  node.type === 'NumberLiteral' ||
  (node.type === 'BinaryOperation' && ['<', '<=', '>', '>='].includes(node.operator));
