import type { Audited, Detector } from '#server/platform/solidity/detector.ts';
import { isRestricted } from '#server/platform/solidity/guards.ts';
import { listFunctions, parameterNames } from '#server/platform/solidity/source-model.ts';
import {
  conditionsOf,
  findAll,
  mentions,
  nameOfCall,
  type Node,
  receiverOf,
} from '#server/platform/solidity/syntax.ts';

export const delegatecallToInput: Detector = {
  id: 'delegatecall-to-input',
  weaknesses: ['SWC-112', 'SCWE-035'],
  severity: 'critical',
  confidence: 'high',
  title: { en: 'Foreign code runs with the contract’s own state', zh: '外来代码以本合约的状态运行' },
  why: {
    en: 'The address that is called by delegatecall comes from the caller: their code can write every slot and take all coins.',
    zh: 'delegatecall 的目标地址由调用者提供：其代码可以改写任意存储并转走全部资产。',
  },
  advice: {
    en: 'Delegate only to fixed or listed code, and let only the owner choose it.',
    zh: '只委托给固定或白名单中的代码，且只能由所有者选择。',
  },
  find: (audited) =>
    listFunctions(audited).flatMap((one) => {
      if (one.contract.node.kind === 'library' || !one.isEntry || isRestricted(one)) return [];
      const given = parameterNames(one);
      return findAll(one.node.body, 'FunctionCall')
        .filter((call) => ['delegatecall', 'callcode', 'functionDelegateCall'].includes(nameOfCall(call)))
        .filter((call) => {
          const target = receiverOf(call);
          const isListed = conditionsOf(one.node.body).some(
            ({ condition }) =>
              target !== null && findAll(condition, 'IndexAccess').some(({ index }) => mentions(index, given)),
          );
          const above = audited.parentOf(call);
          // Required to fail, so nothing that it did stays.
          const isUndone = above?.type === 'UnaryOperation' && above.operator === '!' && isRequired(audited, above);
          return target !== null && mentions(target, given) && !isListed && !isUndone;
        })
        .map((node) => ({ node, in: one }));
    }),
};

function isRequired({ parentOf }: Audited, node: Node): boolean {
  const above = parentOf(node);
  return above?.type === 'FunctionCall' && nameOfCall(above) === 'require';
}
