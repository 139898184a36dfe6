import type { Detector } from '#server/platform/solidity/detector.ts';
import { replaceNode, textOf } from '#server/platform/solidity/edit-source.ts';
import { contractTypeOf, isBefore, listFunctions } from '#server/platform/solidity/source-model.ts';
import { findAll, nameOfCall, receiverOf } from '#server/platform/solidity/syntax.ts';

const calls = new Set(['call', 'delegatecall', 'callcode', 'staticcall', 'send']);

export const uncheckedCall: Detector = {
  id: 'unchecked-call',
  weaknesses: ['SWC-104', 'SCWE-048'],
  severity: 'medium',
  confidence: 'high',
  title: { en: 'The result of a call is not looked at', zh: '未检查底层调用的结果' },
  why: {
    en: 'call, send and delegatecall answer false where they fail and revert nothing, so the contract goes on as if all were well.',
    zh: 'call、send、delegatecall 失败时只返回 false 而不回滚，合约会当作成功继续执行。',
  },
  advice: {
    en: 'Require that the call succeeded, or handle its failure.',
    zh: '用 require 检查调用成功，或处理失败的情况。',
  },
  find: (audited) =>
    listFunctions(audited).flatMap((one) => [
      ...findAll(one.node.body, 'ExpressionStatement').flatMap((statement) => {
        const call = statement.expression;
        if (call?.type !== 'FunctionCall' || !calls.has(nameOfCall(call))) return [];
        const target = receiverOf(call);
        if (target === null || contractTypeOf(audited, one, target) !== null) return [];
        const words = textOf(one.file, call);
        const text =
          nameOfCall(call) === 'send'
            ? `require(${words}, "not sent");`
            : `{ (bool done, ) = ${words}; require(done, "call failed"); }`;
        return [
          { node: statement, in: one, ...(isBefore(one.file, 800) ? {} : { edits: [replaceNode(statement, text)] }) },
        ];
      }),
      ...findAll(one.node.body, 'VariableDeclarationStatement').flatMap((statement) => {
        const call = statement.initialValue;
        if (call?.type !== 'FunctionCall' || !calls.has(nameOfCall(call)) || nameOfCall(call) === 'send') return [];
        const target = receiverOf(call);
        if (target === null || contractTypeOf(audited, one, target) !== null) return [];
        const [first] = statement.variables;
        const name = (first as { name?: string | null } | null | undefined)?.name ?? null;
        const isUsed =
          name !== null && findAll(one.node.body, 'Identifier').some((identifier) => identifier.name === name);
        const isReturned = one.node.returnParameters?.some((result) => result.name === name) === true;
        return isUsed || isReturned ? [] : [{ node: statement, in: one }];
      }),
    ]),
};
