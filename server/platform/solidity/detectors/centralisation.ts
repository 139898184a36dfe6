import type { Detector } from '#server/platform/solidity/detector.ts';
import { isRestricted } from '#server/platform/solidity/guards.ts';
import { listEntries, parameterNames, stateAt } from '#server/platform/solidity/source-model.ts';
import {
  conditionsOf,
  contains,
  findAll,
  isIdentifier,
  mentions,
  nameOfCall,
  rootOf,
  targetsOf,
} from '#server/platform/solidity/syntax.ts';

export const centralisation: Detector = {
  id: 'centralisation',
  weaknesses: ['SCWE-155', 'SCWE-017'],
  severity: 'low',
  confidence: 'medium',
  title: { en: 'One key can do this to everybody', zh: '单个私钥即可影响所有人' },
  why: {
    en: 'The owner can mint without a limit or take all that the contract holds. Whoever gets the key can, too.',
    zh: '所有者可以无限增发，或取走合约的全部资产；拿到其私钥者同样可以。',
  },
  advice: {
    en: 'Put a limit on it, and the role behind several signers or a time lock.',
    zh: '加上限额，并将角色交给多签或时间锁。',
  },
  find: (audited) =>
    listEntries(audited).flatMap((one) => {
      if (!isRestricted(one)) return [];
      const given = parameterNames(one);
      const mints =
        /^mint/i.test(one.name) &&
        !conditionsOf(one.node.body).some(({ condition }) =>
          contains(condition, (node) => node.type === 'Identifier' && /max|cap|limit|supply/i.test(node.name)),
        ) &&
        (findAll(one.node.body, 'FunctionCall').some((call) => nameOfCall(call) === '_mint') ||
          contains(one.node.body, (node) =>
            targetsOf(node).some(
              (target) => stateAt(one, rootOf(target)) !== null && /supply|balance/i.test(rootOf(target) ?? ''),
            ),
          ));
      const empties = findAll(one.node.body, 'FunctionCall').some(
        (call) =>
          /^(?:safeT|t)ransfer$/.test(nameOfCall(call)) &&
          (contains(
            call,
            (node) =>
              (node.type === 'MemberAccess' && node.memberName === 'balance') ||
              (node.type === 'FunctionCall' &&
                nameOfCall(node) === 'balanceOf' &&
                contains(node, (inner) => isIdentifier(inner, 'this'))),
          ) ||
            (call.arguments.length >= 2 && mentions(call.arguments.at(-1), given) && mentions(call.expression, given))),
      );
      return mints || empties ? [{ node: one.node, in: one }] : [];
    }),
};
