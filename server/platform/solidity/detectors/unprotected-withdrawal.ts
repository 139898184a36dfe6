import type { Audited, Detector, Hit } from '#server/platform/solidity/detector.ts';
import { stateBehind, toOutgoing } from '#server/platform/solidity/effects.ts';
import { isGuarded, isRestricted } from '#server/platform/solidity/guards.ts';
import { type FunctionSource, listEntries, parameterNames } from '#server/platform/solidity/source-model.ts';
import {
  type Call,
  conditionsOf,
  contains,
  findAll,
  mentions,
  mentionsSender,
  nameOfCall,
  type Node,
  optionOf,
} from '#server/platform/solidity/syntax.ts';

/** Whether something of the caller's own, as a balance, is looked up. */
const looksUpCaller = (one: FunctionSource): boolean =>
  contains(one.node.body, (node) => node.type === 'IndexAccess' && mentionsSender(node.index));

const stays = {
  en: 'What the caller is owed is paid and stays written down, so it is paid again and again.',
  zh: '支付之后应付数额仍记在账上，可以反复领取。',
};
const turned = {
  en: 'The comparison is the wrong way round: it asks for more than the caller has.',
  zh: '比较方向写反：要求的数额须不小于调用者的余额。',
};

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
      if (isRestricted(one)) return [];
      const kept = findAll(one.node.body, 'FunctionCall').flatMap((call): Hit[] => {
        const paid = paidTo(audited, one, call);
        if (paid === null || !mentionsSender(paid.target) || isGuarded(audited, one, call)) return [];
        if (isKept(audited, one, paid.value)) return [{ node: call, in: one, detail: stays }];
        return isTurnedAround(one, paid.value) ? [{ node: call, in: one, detail: turned }] : [];
      });
      if (kept.length > 0 || looksUpCaller(one)) return kept;
      const given = parameterNames(one);
      const seen = audited.effectsOf(one).some((effect) => effect.kind === 'write' && mentionsSender(effect.target));
      if (seen) return [];
      return findAll(one.node.body, 'FunctionCall')
        .filter((call) => {
          const paid = paidTo(audited, one, call);
          if (paid === null || isGuarded(audited, one, call)) return false;
          const { target, value } = paid;
          if (contains(value, (node) => node.type === 'MemberAccess' && node.memberName === 'value')) return false;
          const goesOut = mentionsSender(target) || mentions(target, given);
          const isOpen =
            contains(value, (node) => node.type === 'MemberAccess' && node.memberName === 'balance') ||
            mentions(value, given);
          return goesOut && isOpen;
        })
        .map((node) => ({ node, in: one }));
    }),
};

/** What a call pays to whom; null where it pays nothing. */
function paidTo(audited: Audited, one: FunctionSource, call: Call): { target: Node; value: Node } | null {
  const outgoing = toOutgoing(audited, one, call);
  if (outgoing === null || outgoing.target === null) return null;
  const value =
    outgoing.kind === 'payment' || nameOfCall(call) === 'sendValue' ? call.arguments.at(-1) : optionOf(call, 'value');
  return value ? { target: outgoing.target, value } : null;
}

/** Whether an amount is read from a list by who calls, and nothing in the function writes to the list. */
function isKept(audited: Audited, one: FunctionSource, value: Node): boolean {
  const source =
    value.type === 'Identifier'
      ? findAll(one.node.body, 'VariableDeclarationStatement').find(
          ({ variables }) => (variables[0] as { name?: string | null } | null)?.name === value.name,
        )?.initialValue
      : value;
  if (source?.type !== 'IndexAccess' || !mentionsSender(source.index)) return false;
  const list = stateBehind(one, source);
  const writes = audited.effectsOf(one).filter(({ kind }) => kind === 'write');
  // Something else may say that it was paid, as claimed[msg.sender].
  return list !== null && !writes.some((effect) => effect.kind === 'write' && mentionsSender(effect.target));
}

/** `require(amount >= balances[msg.sender])` before the amount is paid. */
const isTurnedAround = (one: FunctionSource, value: Node): boolean =>
  value.type === 'Identifier' &&
  parameterNames(one).has(value.name) &&
  conditionsOf(one.node.body).some(({ condition, node }) => {
    if (node.type !== 'FunctionCall' || condition.type !== 'BinaryOperation') return false;
    const [more, less] = /^>=?$/.test(condition.operator)
      ? [condition.left, condition.right]
      : /^<=?$/.test(condition.operator)
        ? [condition.right, condition.left]
        : [null, null];
    return (
      more?.type === 'Identifier' &&
      more.name === value.name &&
      less?.type === 'IndexAccess' &&
      mentionsSender(less.index)
    );
  });
