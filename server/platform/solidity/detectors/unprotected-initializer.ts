import type { Detector } from '#server/platform/solidity/detector.ts';
import { isInitializer, isOnce, writesAuthority } from '#server/platform/solidity/initializer.ts';
import { isRestricted } from '#server/platform/solidity/guards.ts';
import { listEntries } from '#server/platform/solidity/source-model.ts';

export const unprotectedInitializer: Detector = {
  id: 'unprotected-initializer',
  weaknesses: ['SWC-105', 'SCWE-098', 'SCWE-016'],
  severity: 'critical',
  confidence: 'high',
  title: { en: 'The initialiser can be called again by anybody', zh: '任何人都能重复调用初始化函数' },
  why: {
    en: 'Nothing remembers that it ran, so anybody can make themselves the owner at any time.',
    zh: '没有记录是否已初始化，任何人随时都能让自己成为所有者。',
  },
  advice: {
    en: 'Let it run once (an initializer modifier or a flag), in the same transaction as the deployment.',
    zh: '只允许执行一次（initializer 修饰器或标志位），并在部署的同一笔交易中执行。',
  },
  find: (audited) =>
    listEntries(audited)
      .filter((one) => isInitializer(one) && writesAuthority(one) && !isOnce(one) && !isRestricted(one))
      .map((one) => ({ node: one.node, in: one })),
};
