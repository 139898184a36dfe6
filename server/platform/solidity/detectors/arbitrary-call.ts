import type { Detector } from '#server/platform/solidity/detector.ts';
import { isRestricted } from '#server/platform/solidity/guards.ts';
import { listEntries, parameterNames } from '#server/platform/solidity/source-model.ts';
import { conditionsOf, findAll, mentions, nameOfCall, receiverOf } from '#server/platform/solidity/syntax.ts';

export const arbitraryCall: Detector = {
  id: 'arbitrary-call',
  weaknesses: ['SCWE-042'],
  severity: 'high',
  confidence: 'medium',
  title: { en: 'The caller chooses whom the contract calls, and with what', zh: '调用者可决定合约调用谁、传什么数据' },
  why: {
    en: 'The call is made in the contract’s name: with it strangers can spend every allowance and token that it holds.',
    zh: '该调用以合约的名义发出：陌生人可借此花掉合约持有的代币和获得的授权。',
  },
  advice: {
    en: 'Allow only listed targets and functions, or only the owner.',
    zh: '只允许白名单中的目标和函数，或仅限所有者。',
  },
  find: (audited) =>
    listEntries(audited).flatMap((one) => {
      if (isRestricted(one)) return [];
      const given = parameterNames(one);
      const isListed = conditionsOf(one.node.body).some(({ condition }) =>
        findAll(condition, 'IndexAccess').some(({ index }) => mentions(index, given)),
      );
      if (isListed) return [];
      return findAll(one.node.body, 'FunctionCall')
        .filter((call) => ['call', 'functionCall', 'functionCallWithValue'].includes(nameOfCall(call)))
        .filter((call) => {
          const target = receiverOf(call);
          const data = nameOfCall(call) === 'call' ? call.arguments[0] : call.arguments.at(-1);
          return target !== null && mentions(target, given) && data?.type === 'Identifier' && given.has(data.name);
        })
        .map((node) => ({ node, in: one }));
    }),
};
