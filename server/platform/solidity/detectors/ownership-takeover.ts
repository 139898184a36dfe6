import type { Detector } from '#server/platform/solidity/detector.ts';
import { authorityNames } from '#server/platform/solidity/authority.ts';
import { isGuarded, isRestricted } from '#server/platform/solidity/guards.ts';
import { isInitializer, isOnce } from '#server/platform/solidity/initializer.ts';
import {
  type ContractSource,
  type FunctionSource,
  listEntries,
  parameterNames,
  stateAt,
} from '#server/platform/solidity/source-model.ts';
import {
  contains,
  findAll,
  isGlobal,
  isSender,
  mentions,
  mentionsSender,
  type Node,
  rootOf,
} from '#server/platform/solidity/syntax.ts';

export const ownershipTakeover: Detector = {
  id: 'ownership-takeover',
  weaknesses: ['SWC-105', 'SCWE-016'],
  severity: 'critical',
  confidence: 'high',
  title: { en: 'Anybody can put themselves in the owner’s place', zh: '任何人都能取代所有者' },
  why: {
    en: 'The function sets who the contract asks for elsewhere, and nothing checks who calls it: afterwards all that is the owner’s is open.',
    zh: '该函数会改变合约在别处核对的身份，却没有检查调用者；此后所有者的一切权限都对其开放。',
  },
  advice: {
    en: 'Set it in the constructor, or let only who has the place now hand it on.',
    zh: '在构造函数中设置，或只允许现任者移交。',
  },
  find: (audited) =>
    listEntries(audited).flatMap((one) => {
      // Who pays for a place, as in a game, is meant to get it.
      const isPaid =
        one.node.stateMutability === 'payable' || contains(one.node.body, (node) => isGlobal(node, 'msg', 'value'));
      if (isPaid || isInitializer(one) || isOnce(one) || isRestricted(one)) return [];
      return findAll(one.node.body, 'BinaryOperation')
        .filter((node) => node.operator === '=' && isTaken(one, node) && !isGuarded(audited, one, node))
        .slice(0, 1)
        .map((node) => ({ node, in: one }));
    }),
};

function isTaken(one: FunctionSource, { left, right }: { left: Node; right: Node }): boolean {
  const name = rootOf(left);
  if (name === null || stateAt(one, name) === null) return false;
  const given = parameterNames(one);
  if (left.type === 'Identifier') {
    // By its name, a parameter that becomes the owner is found as missing access control.
    const isGiven = mentions(right, given) && !authorityNames.test(name);
    return (isSender(right) || isGiven) && isAskedFor(one.contract, name);
  }
  return left.type === 'IndexAccess' && mentions(left.index, given) && isListOfOwners(one.contract, name);
}

/** Whether the contract compares who calls with this variable. */
const isAskedFor = ({ lineage }: ContractSource, name: string): boolean =>
  lineage.some(({ functions, modifiers }) =>
    [...functions.map(({ node }) => node.body), ...modifiers.map(({ body }) => body)].some((body) =>
      findAll(body, 'BinaryOperation').some(
        ({ operator, left, right }) =>
          ['==', '!='].includes(operator) &&
          ((isSender(left) && rootOf(right) === name && right.type === 'Identifier') ||
            (isSender(right) && rootOf(left) === name && left.type === 'Identifier')),
      ),
    ),
  );

/** Whether a modifier looks the caller up in it. */
const isListOfOwners = ({ lineage }: ContractSource, name: string): boolean =>
  lineage.some(({ modifiers, state }) => {
    const type = state.find(({ node }) => node.name === name)?.node.typeName;
    const isList =
      type?.type === 'Mapping' &&
      type.valueType.type === 'ElementaryTypeName' &&
      ['address', 'bool'].includes(type.valueType.name);
    return (
      isList &&
      modifiers.some(({ body }) =>
        findAll(body, 'IndexAccess').some(({ base, index }) => rootOf(base) === name && mentionsSender(index)),
      )
    );
  });
