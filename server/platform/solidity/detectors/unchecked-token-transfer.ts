import type { Detector } from '#server/platform/solidity/detector.ts';
import { replaceNode, textOf } from '#server/platform/solidity/edit-source.ts';
import { contractTypeOf, findFunctions, isBefore, listFunctions } from '#server/platform/solidity/source-model.ts';
import { findAll, nameOfCall, receiverOf } from '#server/platform/solidity/syntax.ts';
import { isTrustedTarget } from '#server/platform/solidity/trusted-target.ts';

const wanted = new Map([
  ['transfer', 2],
  ['transferFrom', 3],
  ['approve', 2],
]);

export const uncheckedTokenTransfer: Detector = {
  id: 'unchecked-token-transfer',
  weaknesses: ['SWC-104', 'SCWE-048'],
  severity: 'high',
  confidence: 'high',
  title: { en: 'What a token answers is not looked at', zh: '未检查代币调用的返回值' },
  why: {
    en: 'Some tokens answer false instead of reverting: the contract then books a transfer that never was.',
    zh: '有些代币失败时返回 false 而不回滚，合约会记下从未发生的转账。',
  },
  advice: { en: 'Use SafeERC20, or require the answer.', zh: '使用 SafeERC20，或用 require 检查返回值。' },
  find: (audited) =>
    listFunctions(audited).flatMap((one) =>
      findAll(one.node.body, 'ExpressionStatement').flatMap((statement) => {
        const call = statement.expression;
        if (call?.type !== 'FunctionCall' || wanted.get(nameOfCall(call)) !== call.arguments.length) return [];
        const target = receiverOf(call);
        const type = target && contractTypeOf(audited, one, target);
        if (target === null || !type) return [];
        const given = type.source;
        const declared = given
          ? [...findFunctions(given, nameOfCall(call)), ...given.lineage.flatMap(({ functions }) => functions)].find(
              ({ name, node }) => name === nameOfCall(call) && node.parameters.length === call.arguments.length,
            )
          : undefined;
        // One that declares no answer (an NFT, USDT's interface) has none to look at.
        if (/721|NFT/.test(type.name) || (declared !== undefined && declared.node.returnParameters === null)) return [];
        const text = `require(${textOf(one.file, call)}, "token call failed");`;
        return [
          {
            node: statement,
            in: one,
            ...severityOf(nameOfCall(call), isTrustedTarget(one, target)),
            ...(isBefore(one.file, 800) ? {} : { edits: [replaceNode(statement, text)] }),
          },
        ];
      }),
    ),
};

/** Of one token that is fixed for ever, its makers know whether it reverts. */
function severityOf(name: string, isFixed: boolean): { severity?: 'low' | 'medium' } {
  if (name === 'approve') return { severity: 'low' };
  return isFixed ? { severity: 'medium' } : {};
}
