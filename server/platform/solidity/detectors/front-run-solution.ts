import type { Detector } from '#server/platform/solidity/detector.ts';
import { toOutgoing } from '#server/platform/solidity/effects.ts';
import { isRestricted } from '#server/platform/solidity/guards.ts';
import { listEntries, parameterNames } from '#server/platform/solidity/source-model.ts';
import {
  conditionsOf,
  contains,
  findAll,
  isSender,
  mentions,
  mentionsSender,
  nameOfCall,
} from '#server/platform/solidity/syntax.ts';

export const frontRunSolution: Detector = {
  id: 'front-run-solution',
  weaknesses: ['SWC-114'],
  severity: 'high',
  confidence: 'medium',
  title: { en: 'Whoever sees the solution first takes the reward', zh: '看到答案的人可抢先领奖' },
  why: {
    en: 'The solution is readable in the waiting transaction. Anybody can send the same with more gas and be paid instead.',
    zh: '答案在待打包的交易中公开可见；任何人都能以更高的 Gas 抢先提交并领走奖励。',
  },
  advice: {
    en: 'Take a hash of the solution with the sender’s address first, and the solution some blocks later.',
    zh: '先提交包含发送者地址的答案哈希，数个区块之后再揭示答案。',
  },
  find: (audited) =>
    listEntries(audited).flatMap((one) => {
      if (isRestricted(one)) return [];
      const given = parameterNames(one);
      const check = conditionsOf(one.node.body).find(
        ({ condition }) =>
          condition.type === 'BinaryOperation' &&
          ['==', '!='].includes(condition.operator) &&
          contains(
            condition,
            (node) =>
              node.type === 'FunctionCall' &&
              /^(?:keccak256|sha256|sha3)$/.test(nameOfCall(node)) &&
              mentions(node, given) &&
              !contains(node, isSender),
          ) &&
          // A hash that was kept for the caller was committed before.
          !contains(condition, isSender),
      );
      const pays = findAll(one.node.body, 'FunctionCall').some((call) => {
        const outgoing = toOutgoing(audited, one, call);
        return (
          outgoing !== null &&
          ['payment', 'low-level', 'contract', 'library'].includes(outgoing.kind) &&
          (mentionsSender(outgoing.target) || call.arguments.some(mentionsSender))
        );
      });
      return check !== undefined && pays ? [{ node: check.condition, in: one }] : [];
    }),
};
