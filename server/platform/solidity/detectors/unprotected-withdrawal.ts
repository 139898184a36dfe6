import type { Detector } from '#server/platform/solidity/detector.ts';
import { toOutgoing } from '#server/platform/solidity/effects.ts';
import { isRestricted } from '#server/platform/solidity/guards.ts';
import { type FunctionSource, listEntries, parameterNames } from '#server/platform/solidity/source-model.ts';
import { contains, findAll, mentions, mentionsSender, nameOfCall, optionOf } from '#server/platform/solidity/syntax.ts';

/** Whether something of the caller's own, as a balance, is looked up. */
const looksUpCaller = (one: FunctionSource): boolean =>
  contains(one.node.body, (node) => node.type === 'IndexAccess' && mentionsSender(node.index));

export const unprotectedWithdrawal: Detector = {
  id: 'unprotected-withdrawal',
  weaknesses: ['SWC-105', 'SCWE-049'],
  severity: 'critical',
  confidence: 'high',
  title: { en: 'Anybody can take the coins out', zh: '任何人都能取走合约里的币' },
  why: {
    en: 'Coins go to whoever calls, or to whom they name, and neither the caller nor what they are owed is checked.',
    zh: '币会发给调用者或其指定的地址，却既不检查调用者，也不检查其应得的数额。',
  },
  advice: {
    en: 'Let only the owner call it, or pay out only what the caller is owed.',
    zh: '仅允许所有者调用，或只支付调用者应得的数额。',
  },
  find: (audited) =>
    listEntries(audited).flatMap((one) => {
      if (isRestricted(one) || looksUpCaller(one)) return [];
      const given = parameterNames(one);
      const seen = audited.effectsOf(one).some((effect) => effect.kind === 'write' && mentionsSender(effect.target));
      if (seen) return [];
      return findAll(one.node.body, 'FunctionCall')
        .filter((call) => {
          const outgoing = toOutgoing(audited, one, call);
          if (outgoing === null || outgoing.target === null) return false;
          const value =
            outgoing.kind === 'payment' || nameOfCall(call) === 'sendValue'
              ? call.arguments.at(-1)
              : optionOf(call, 'value');
          if (!value || contains(value, (node) => node.type === 'MemberAccess' && node.memberName === 'value'))
            return false;
          const goesOut = mentionsSender(outgoing.target) || mentions(outgoing.target, given);
          const isOpen =
            contains(value, (node) => node.type === 'MemberAccess' && node.memberName === 'balance') ||
            mentions(value, given);
          return goesOut && isOpen;
        })
        .map((node) => ({ node, in: one }));
    }),
};
