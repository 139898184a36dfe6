import type { Audited, Detector } from '#server/platform/solidity/detector.ts';
import { replaceNode } from '#server/platform/solidity/edit-source.ts';
import { toOutgoing } from '#server/platform/solidity/effects.ts';
import {
  type FunctionSource,
  isBefore,
  listEntries,
  listFunctions,
  parameterNames,
} from '#server/platform/solidity/source-model.ts';
import { findAll, isSender, contains, mentions, nameOfCall, type Node } from '#server/platform/solidity/syntax.ts';

export const assertOnInput: Detector = {
  id: 'assert-on-input',
  weaknesses: ['SWC-110', 'SCWE-067'],
  severity: 'low',
  confidence: 'high',
  title: { en: 'assert on what the caller gives', zh: '用 assert 检查输入' },
  why: {
    en: 'assert says that something can never be; a caller’s mistake is no such thing, and tools take it for a fault of the code.',
    zh: 'assert 用于绝不会发生的情况；调用者的输入错误并非如此，工具会将其视为代码缺陷。',
  },
  advice: { en: 'Use require for inputs.', zh: '检查输入请用 require。' },
  find: (audited) => [
    ...findAsserts(audited, (one, condition) => isFalse(condition) || asksOthers(audited, one, condition)).map(
      (hit) => ({
        ...hit,
        confidence: 'medium' as const,
      }),
    ),
    ...listEntries(audited).flatMap((one) =>
      findAll(one.node.body, 'FunctionCall')
        .filter((call) => nameOfCall(call) === 'assert' && call.expression.type === 'Identifier')
        .filter(
          ({ arguments: [condition] }) => mentions(condition, parameterNames(one)) || contains(condition, isSender),
        )
        .map((call) => ({
          node: call,
          in: one,
          ...(isBefore(one.file, 800) ? {} : { edits: [replaceNode(call.expression, 'require')] }),
        })),
    ),
  ],
};

const findAsserts = (audited: Audited, isMeant: (one: FunctionSource, condition: Node) => boolean) =>
  listFunctions(audited).flatMap((one) =>
    findAll(one.node.body, 'FunctionCall')
      .filter((call) => nameOfCall(call) === 'assert' && call.expression.type === 'Identifier')
      .filter(({ arguments: [condition] }) => condition !== undefined && isMeant(one, condition))
      .map((call) => ({ node: call, in: one })),
  );

const isFalse = (condition: Node) => condition.type === 'BooleanLiteral' && !condition.value;

/** What another contract answers is no more certain than what a caller gives. */
const asksOthers = (audited: Audited, one: FunctionSource, condition: Node) =>
  !mentions(condition, parameterNames(one)) &&
  contains(condition, (node) => node.type === 'FunctionCall' && toOutgoing(audited, one, node)?.kind === 'contract');
