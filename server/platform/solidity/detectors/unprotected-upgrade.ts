import type { Detector } from '#server/platform/solidity/detector.ts';
import { beginBody } from '#server/platform/solidity/edit-source.ts';
import { isRestricted } from '#server/platform/solidity/guards.ts';
import { findState, isBefore, listFunctions } from '#server/platform/solidity/source-model.ts';
import { stateBehind } from '#server/platform/solidity/effects.ts';
import { contains, targetsOf } from '#server/platform/solidity/syntax.ts';

export const unprotectedUpgrade: Detector = {
  id: 'unprotected-upgrade',
  weaknesses: ['SCWE-005', 'SCWE-016'],
  severity: 'critical',
  confidence: 'high',
  title: { en: 'Anybody can replace the code', zh: '任何人都能升级合约代码' },
  why: {
    en: 'Nothing checks who asks for the upgrade, so a stranger can put code of their own behind the contract’s coins and state.',
    zh: '升级时未检查请求者，陌生人可以用自己的代码接管合约的资产和状态。',
  },
  advice: { en: 'Let only the owner or a time-locked governor upgrade.', zh: '只允许所有者或带时间锁的治理合约升级。' },
  find: (audited) =>
    listFunctions(audited).flatMap((one) => {
      if (one.contract.node.kind === 'library' || isRestricted(one)) return [];
      const isHook =
        one.name === '_authorizeUpgrade' && !one.node.modifiers.some(({ name }) => /^only|^auth/i.test(name));
      const writesCode =
        one.isEntry &&
        !one.isReadOnly &&
        /^(?:upgrade|setImplementation|_?setImpl|changeImplementation)/i.test(one.name) &&
        contains(one.node.body, (node) =>
          targetsOf(node).some((target) => /impl|logic|target|code/i.test(stateBehind(one, target) ?? '')),
        );
      if (!isHook && !writesCode) return [];
      const owner = findState(one.contract, 'owner');
      return [
        {
          node: one.node,
          in: one,
          ...(owner === null || isBefore(one.file, 800) || ['pure', 'view'].includes(one.node.stateMutability ?? '')
            ? {}
            : { edits: [beginBody(one, 'require(msg.sender == owner, "not the owner");')] }),
        },
      ];
    }),
};
