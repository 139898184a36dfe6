import type { Detector } from '#server/platform/solidity/detector.ts';
import { replaceNode, textOf } from '#server/platform/solidity/edit-source.ts';
import { isBefore, listFunctions } from '#server/platform/solidity/source-model.ts';
import { findAll, type Node } from '#server/platform/solidity/syntax.ts';

const bare = (node: Node): Node =>
  node.type === 'TupleExpression' && node.components.length === 1 && node.components[0]
    ? bare(node.components[0] as Node)
    : node;

export const divisionBeforeMultiplication: Detector = {
  id: 'division-before-multiplication',
  weaknesses: ['SCWE-083'],
  severity: 'medium',
  confidence: 'high',
  title: { en: 'Divided first, multiplied after', zh: '先除后乘' },
  why: {
    en: 'A division drops what is after the point, and the multiplication makes that loss bigger; often the result is zero.',
    zh: '除法会舍去小数，随后的乘法又放大这一损失；结果常为零。',
  },
  advice: { en: 'Multiply first and divide last.', zh: '先乘后除。' },
  find: (audited) =>
    listFunctions(audited).flatMap((one) => {
      const quotients = new Set(
        findAll(one.node.body, 'VariableDeclarationStatement').flatMap(({ variables, initialValue }) => {
          const value = initialValue && bare(initialValue);
          const [variable] = variables as ({ name?: string | null } | null)[];
          return value?.type === 'BinaryOperation' && value.operator === '/' && variable?.name ? [variable.name] : [];
        }),
      );
      return findAll(one.node.body, 'BinaryOperation').flatMap((node) => {
        if (node.operator !== '*') return [];
        const sides = [bare(node.left), bare(node.right)];
        const division = sides.find((side) => side.type === 'BinaryOperation' && side.operator === '/');
        if (division?.type === 'BinaryOperation') {
          // a / b * b rounds down on purpose.
          const other = sides.find((side) => side !== division);
          if (other && textOf(one.file, other) === textOf(one.file, division.right)) return [];
          // (length / 3) * 4 counts whole groups.
          if (other?.type === 'NumberLiteral' && division.right.type === 'NumberLiteral') return [];
          const text = other
            ? `((${textOf(one.file, division.left)}) * ${textOf(one.file, other)}) / ${textOf(one.file, division.right)}`
            : '';
          return [{ node, in: one, ...(isBefore(one.file, 800) ? {} : { edits: [replaceNode(node, text)] }) }];
        }
        return sides.some((side) => side.type === 'Identifier' && quotients.has(side.name))
          ? [{ node, in: one, confidence: 'medium' as const }]
          : [];
      });
    }),
};
