import type { Detector } from '#server/platform/solidity/detector.ts';
import { beginBody } from '#server/platform/solidity/edit-source.ts';
import { isGuarded, isRestricted } from '#server/platform/solidity/guards.ts';
import {
  findState,
  type FunctionSource,
  isBefore,
  listEntries,
  parameterNames,
  stateAt,
} from '#server/platform/solidity/source-model.ts';
import {
  contains,
  findAll,
  isSender,
  mentions,
  mentionsSender,
  nameOfCall,
  rootOf,
  targetsOf,
} from '#server/platform/solidity/syntax.ts';
import { authorityNames } from '#server/platform/solidity/authority.ts';
import { isInitializer } from '#server/platform/solidity/initializer.ts';

const privileged =
  /^(?:set[A-Z_]|change[A-Z]|update[A-Z]|pause$|unpause$|mint|burnFrom$|transferOwnership|grantRole|revokeRole|add(?:Minter|Admin|Owner|Signer|Operator)|remove(?:Minter|Admin|Owner|Signer|Operator)|emergency|sweep|rescue|withdrawAll)/;

/** Whether all that it writes is what belongs to its caller. */
const isAboutCaller = (one: FunctionSource): boolean => {
  const targets = findAll(one.node.body, 'BinaryOperation')
    .flatMap(targetsOf)
    .filter((target) => stateAt(one, rootOf(target)) !== null);
  return targets.length > 0 && targets.every(mentionsSender);
};
const isPaid = (one: FunctionSource): boolean =>
  one.node.stateMutability === 'payable' ||
  findAll(one.node.body, 'FunctionCall').some(
    (call) => /transferFrom/i.test(nameOfCall(call)) && call.arguments.some(isSender),
  );

/** Whether the caller says how much; what is worked out, as a pool's shares, is not minted at will. */
const takesNumber = (one: FunctionSource): boolean =>
  one.node.parameters.some(({ typeName }) => typeName?.type === 'ElementaryTypeName' && /^uint/.test(typeName.name));

export const missingAccessControl: Detector = {
  id: 'missing-access-control',
  weaknesses: ['SCWE-016'],
  severity: 'critical',
  confidence: 'medium',
  title: { en: 'Anybody can do what should be the owner’s', zh: '任何人都能执行应属所有者的操作' },
  why: {
    en: 'The function changes who decides, where money goes or how much there is, and nothing checks who calls it.',
    zh: '该函数会改变权限归属、资金去向或发行量，却没有检查调用者。',
  },
  advice: { en: 'Check the caller, by a modifier or a role.', zh: '用修饰器或角色检查调用者。' },
  find: (audited) =>
    listEntries(audited).flatMap((one) => {
      if (
        isInitializer(one) ||
        isRestricted(one) ||
        isAboutCaller(one) ||
        /^(?:upgrade|setImpl|changeImpl)/i.test(one.name)
      )
        return [];
      const given = parameterNames(one);
      const setsAuthority = findAll(one.node.body, 'BinaryOperation').some((node) => {
        const { operator, left, right } = node;
        const variable = operator === '=' && left.type === 'Identifier' ? stateAt(one, left.name) : null;
        return (
          variable !== null &&
          authorityNames.test(variable.node.name ?? '') &&
          mentions(right, given) &&
          !isGuarded(audited, one, node)
        );
      });
      const changes =
        privileged.test(one.name) &&
        (takesNumber(one) || !/^mint/.test(one.name)) &&
        !isPaid(one) &&
        (contains(
          one.node.body,
          (node) =>
            targetsOf(node).some((target) => stateAt(one, rootOf(target)) !== null) && !isGuarded(audited, one, node),
        ) ||
          findAll(one.node.body, 'FunctionCall').some((call) =>
            /^_(?:mint|pause|unpause|grantRole|revokeRole|transferOwnership)$/.test(nameOfCall(call)),
          ));
      if (!setsAuthority && !changes) return [];
      const hasOwner = findState(one.contract, 'owner') !== null && !isBefore(one.file, 800);
      return [
        {
          node: one.node,
          in: one,
          ...(setsAuthority ? { confidence: 'high' as const } : {}),
          ...(hasOwner ? { edits: [beginBody(one, 'require(msg.sender == owner, "not the owner");')] } : {}),
        },
      ];
    }),
};
