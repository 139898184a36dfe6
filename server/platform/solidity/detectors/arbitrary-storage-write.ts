import type { Detector } from '#server/platform/solidity/detector.ts';
import { textOf } from '#server/platform/solidity/edit-source.ts';
import { isAlwaysTrue, isRestricted } from '#server/platform/solidity/guards.ts';
import {
  type FunctionSource,
  isBefore,
  listEntries,
  parameterNames,
  stateAt,
} from '#server/platform/solidity/source-model.ts';
import { findAll, mentions, nameOfCall, type Node, rootOf } from '#server/platform/solidity/syntax.ts';

export const arbitraryStorageWrite: Detector = {
  id: 'arbitrary-storage-write',
  weaknesses: ['SWC-124', 'SCWE-057'],
  severity: 'critical',
  confidence: 'high',
  title: { en: 'The caller chooses which slot is written', zh: '调用者可选择写入的存储槽' },
  why: { en: 'Every variable can be overwritten, the owner among them.', zh: '任何变量都可能被覆盖，包括所有者。' },
  advice: { en: 'Derive the slot from a constant or a mapping’s key.', zh: '存储槽应由常量或映射的键推导。' },
  find: (audited) =>
    listEntries(audited).flatMap((one) => {
      if (isRestricted(one)) return [];
      const given = parameterNames(one);
      const stores = findAll(one.node.body, 'AssemblyCall').filter(
        ({ functionName, arguments: [slot] }) =>
          functionName === 'sstore' && slot !== undefined && mentions(slot, given),
      );
      // Before 0.6 a list's length could be set, and its end reach all of storage.
      const lengths = isBefore(one.file, 600)
        ? findAll(one.node.body, 'BinaryOperation').filter(
            ({ operator, left, right }) =>
              /^[-+]?=$/.test(operator) &&
              left.type === 'MemberAccess' &&
              left.memberName === 'length' &&
              stateAt(one, rootOf(left)) !== null &&
              (mentions(right, given) || operator === '-='),
          )
        : [];
      const counts = isBefore(one.file, 600)
        ? findAll(one.node.body, 'UnaryOperation').filter(
            ({ operator, subExpression }) =>
              operator === '--' &&
              subExpression.type === 'MemberAccess' &&
              subExpression.memberName === 'length' &&
              stateAt(one, rootOf(subExpression)) !== null &&
              !isKeptAboveZero(one, textOf(one.file, subExpression)),
          )
        : [];
      return [...stores, ...lengths, ...counts].map((node) => ({ node, in: one }));
    }),
};

/** Whether any condition, also that of a loop or an if, looks at a length that is counted down. */
const isKeptAboveZero = (one: FunctionSource, length: string): boolean =>
  [
    ...findAll(one.node.body, 'IfStatement').map(({ condition }) => condition),
    ...findAll(one.node.body, 'WhileStatement').map(({ condition }) => condition),
    ...findAll(one.node.body, 'FunctionCall').flatMap((call): Node[] =>
      ['require', 'assert'].includes(nameOfCall(call)) ? call.arguments.slice(0, 1) : [],
    ),
  ].some((condition) => textOf(one.file, condition).includes(length) && !isAlwaysTrue(condition));
