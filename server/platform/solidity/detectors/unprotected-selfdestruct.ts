import type { Detector } from '#server/platform/solidity/detector.ts';
import { isGuarded, isRestricted } from '#server/platform/solidity/guards.ts';
import { isInitializer, isOnce, writesAuthority } from '#server/platform/solidity/initializer.ts';
import { type ContractSource, listEntries } from '#server/platform/solidity/source-model.ts';
import { findAll, nameOfCall } from '#server/platform/solidity/syntax.ts';

const ends = new Set(['selfdestruct', 'suicide']);

export const unprotectedSelfdestruct: Detector = {
  id: 'unprotected-selfdestruct',
  weaknesses: ['SWC-106', 'SCWE-050'],
  severity: 'critical',
  confidence: 'high',
  title: { en: 'Anybody can destroy the contract', zh: '任何人都能销毁合约' },
  why: {
    en: 'selfdestruct sends all coins away, and nothing keeps strangers from calling it.',
    zh: 'selfdestruct 会转走全部余额，而这里没有有效的调用者限制。',
  },
  advice: { en: 'Remove it, or let only the owner call it.', zh: '删除该函数，或仅允许所有者调用。' },
  find: (audited) =>
    listEntries(audited).flatMap((one) => {
      const opener = findOpenInitializer(one.contract);
      if (isRestricted(one) && opener === undefined) return [];
      const detail =
        opener === undefined || !isRestricted(one)
          ? undefined
          : {
              en: `It asks for the owner, but "${opener.name}" makes anybody the owner.`,
              zh: `它要求所有者身份，但“${opener.name}”能让任何人成为所有者。`,
            };
      return findAll(one.node.body, 'FunctionCall')
        .filter((call) => call.expression.type === 'Identifier' && ends.has(nameOfCall(call)))
        .filter((call) => !isGuarded(audited, one, call) || opener !== undefined)
        .map((node) => ({ node, in: one, ...(detail === undefined ? {} : { detail }) }));
    }),
};

const findOpenInitializer = ({ lineage }: ContractSource) =>
  lineage
    .flatMap(({ functions }) => functions)
    .find((one) => isInitializer(one) && writesAuthority(one) && !isOnce(one) && !isRestricted(one));
