import type { Detector } from '#server/platform/solidity/detector.ts';
import { listFunctions } from '#server/platform/solidity/source-model.ts';
import { findAll, isGlobal } from '#server/platform/solidity/syntax.ts';

export const messageValueInLoop: Detector = {
  id: 'message-value-in-loop',
  weaknesses: ['SCWE-075'],
  severity: 'high',
  confidence: 'high',
  title: { en: 'One payment counts many times', zh: '一次付款被多次计数' },
  why: {
    en: 'msg.value is the same in each round of the loop: who pays once is credited for every round.',
    zh: '循环的每一轮中 msg.value 都相同：只付一次却会被记多次。',
  },
  advice: {
    en: 'Add up what the rounds need and compare it with msg.value once.',
    zh: '先累计各轮所需，再与 msg.value 比较一次。',
  },
  find: (audited) =>
    listFunctions(audited).flatMap((one) =>
      [...findAll(one.node.body, 'ForStatement'), ...findAll(one.node.body, 'WhileStatement')].flatMap(({ body }) =>
        findAll(body, 'MemberAccess')
          .filter((node) => isGlobal(node, 'msg', 'value'))
          .filter((node) => {
            const parent = audited.parentOf(node);
            // Shared out, it is divided.
            return !(parent?.type === 'BinaryOperation' && parent.operator === '/');
          })
          .slice(0, 1)
          .map((node) => ({ node, in: one })),
      ),
    ),
};
