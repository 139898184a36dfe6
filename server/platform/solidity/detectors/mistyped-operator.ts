import type { Detector } from '#server/platform/solidity/detector.ts';
import { textOf } from '#server/platform/solidity/edit-source.ts';
import { listFunctions } from '#server/platform/solidity/source-model.ts';
import { findAll } from '#server/platform/solidity/syntax.ts';

export const mistypedOperator: Detector = {
  id: 'mistyped-operator',
  weaknesses: ['SWC-129'],
  severity: 'medium',
  confidence: 'high',
  title: { en: '=- where -= is meant', zh: '误将 -= 写成 =-' },
  why: {
    en: 'The variable is set to the negative value instead of being lowered by it.',
    zh: '变量被设为负值，而不是减去该值。',
  },
  advice: { en: 'Write += or -=, or put a space behind the sign.', zh: '写成 += 或 -=，或在等号后加空格。' },
  find: (audited) =>
    listFunctions(audited).flatMap((one) =>
      findAll(one.node.body, 'BinaryOperation').flatMap((node) => {
        const match = node.operator === '=' ? /=([-+])(?![-+=])/.exec(textOf(one.file, node)) : null;
        if (match === null || node.right.type !== 'UnaryOperation') return [];
        const start = (node.range?.[0] ?? 0) + match.index;
        return [{ node, in: one, edits: [{ start, end: start + 2, text: `${match[1] ?? ''}=` }] }];
      }),
    ),
};
