import type { Detector } from '#server/platform/solidity/detector.ts';
import { contractTypeOf, listFunctions } from '#server/platform/solidity/source-model.ts';
import { findAll, nameOfCall, receiverOf } from '#server/platform/solidity/syntax.ts';

const tokenCalls = new Set(['transfer', 'transferFrom', 'approve']);

export const unusedReturn: Detector = {
  id: 'unused-return',
  weaknesses: ['SWC-104', 'SCWE-048'],
  severity: 'low',
  confidence: 'high',
  title: { en: 'Another contract’s answer is thrown away', zh: '丢弃了其他合约的返回值' },
  why: {
    en: 'The answer may say that it failed, or how much was really done.',
    zh: '返回值可能表示失败，或实际完成的数量。',
  },
  advice: { en: 'Use the answer, or say why it does not matter.', zh: '使用该返回值，或说明为何无关紧要。' },
  find: (audited) =>
    listFunctions(audited).flatMap((one) =>
      findAll(one.node.body, 'ExpressionStatement').flatMap((statement) => {
        const call = statement.expression;
        if (call?.type !== 'FunctionCall' || tokenCalls.has(nameOfCall(call))) return [];
        const target = receiverOf(call);
        const type = target && contractTypeOf(audited, one, target);
        const called = type?.source?.lineage
          .flatMap(({ functions }) => functions)
          .find(({ name, node }) => name === nameOfCall(call) && node.parameters.length === call.arguments.length);
        return (called?.node.returnParameters ?? []).length > 0 ? [{ node: statement, in: one }] : [];
      }),
    ),
};
