import type { Detector } from '#server/platform/solidity/detector.ts';
import { toOutgoing } from '#server/platform/solidity/effects.ts';
import { replaceNode, textOf } from '#server/platform/solidity/edit-source.ts';
import { isBefore, listFunctions } from '#server/platform/solidity/source-model.ts';
import { findAll, nameOfCall, receiverOf } from '#server/platform/solidity/syntax.ts';

export const transferAndSend: Detector = {
  id: 'transfer-and-send',
  weaknesses: ['SWC-134', 'SCWE-079'],
  severity: 'low',
  confidence: 'high',
  title: { en: 'transfer leaves the receiver 2,300 gas', zh: 'transfer 只给接收者 2,300 Gas' },
  why: {
    en: 'Wallets that are contracts often need more to take coins; for them the payment always fails.',
    zh: '合约钱包收币往往需要更多 Gas，对它们的付款总会失败。',
  },
  advice: {
    en: 'Use call, check its result, and write all state before.',
    zh: '改用 call 并检查结果，且在此前写好全部状态。',
  },
  find: (audited) =>
    listFunctions(audited).flatMap((one) =>
      findAll(one.node.body, 'ExpressionStatement').flatMap((statement) => {
        const call = statement.expression;
        if (call?.type !== 'FunctionCall' || nameOfCall(call) !== 'transfer') return [];
        if (toOutgoing(audited, one, call)?.kind !== 'payment') return [];
        const target = receiverOf(call);
        const [value] = call.arguments;
        if (target === null || value === undefined) return [];
        const text = `{ (bool paid, ) = ${textOf(one.file, target)}.call{value: ${textOf(one.file, value)}}(""); require(paid, "not paid"); }`;
        return [
          { node: statement, in: one, ...(isBefore(one.file, 800) ? {} : { edits: [replaceNode(statement, text)] }) },
        ];
      }),
    ),
};
