import type { Detector } from '#server/platform/solidity/detector.ts';
import { listFunctions } from '#server/platform/solidity/source-model.ts';
import { findAll, optionOf } from '#server/platform/solidity/syntax.ts';

export const hardCodedGas: Detector = {
  id: 'hard-coded-gas',
  weaknesses: ['SWC-134', 'SCWE-073'],
  severity: 'low',
  confidence: 'high',
  title: { en: 'A call with a fixed amount of gas', zh: '调用使用固定 Gas' },
  why: {
    en: 'What steps cost changes with forks: what fits today fails tomorrow.',
    zh: '各操作的 Gas 成本会随分叉变化：今天够用的明天可能失败。',
  },
  advice: {
    en: 'Leave the amount out and keep re-entrancy away by other means.',
    zh: '不要写死 Gas，用其他方式防重入。',
  },
  find: (audited) =>
    listFunctions(audited).flatMap((one) =>
      findAll(one.node.body, 'FunctionCall')
        .filter((call) => optionOf(call, 'gas')?.type === 'NumberLiteral')
        .map((node) => ({ node, in: one })),
    ),
};
