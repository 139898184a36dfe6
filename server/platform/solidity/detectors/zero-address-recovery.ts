import type { Detector } from '#server/platform/solidity/detector.ts';
import { insertAfter } from '#server/platform/solidity/edit-source.ts';
import {
  type FunctionSource,
  isBefore,
  listFunctions,
  type SourceModel,
} from '#server/platform/solidity/source-model.ts';
import {
  conditionsOf,
  contains,
  findAll,
  isIdentifier,
  mentions,
  nameOfCall,
  type Node,
} from '#server/platform/solidity/syntax.ts';

const isRecovery = (node: Node) => node.type === 'FunctionCall' && isIdentifier(node.expression, 'ecrecover');
const isZeroAddress = (node: Node) =>
  node.type === 'FunctionCall' && nameOfCall(node) === 'address' && node.arguments[0]?.type === 'NumberLiteral';

export const zeroAddressRecovery: Detector = {
  id: 'zero-address-recovery',
  weaknesses: ['SWC-122', 'SCWE-056'],
  severity: 'high',
  confidence: 'medium',
  title: { en: 'A broken signature recovers the zero address', zh: '无效签名会恢复出零地址' },
  why: {
    en: 'ecrecover answers the zero address where a signature is broken. Compared with something that is not set, it passes.',
    zh: '签名无效时 ecrecover 返回零地址；若与尚未设置的值比较，便会通过。',
  },
  advice: {
    en: 'Refuse the zero address, or use a library that does (ECDSA.recover).',
    zh: '拒绝零地址，或使用会拒绝它的库（ECDSA.recover）。',
  },
  find: (audited) =>
    listFunctions(audited).flatMap((one) => {
      const statements = findAll(one.node.body, 'VariableDeclarationStatement').filter(
        ({ initialValue }) => initialValue !== null && isRecovery(initialValue),
      );
      const named = statements.flatMap((statement) => {
        const [variable] = statement.variables as ({ name?: string | null } | null)[];
        const name = variable?.name ?? '';
        const isChecked = conditionsOf(one.node.body).some(
          ({ condition }) => mentions(condition, new Set([name])) && contains(condition, isZeroAddress),
        );
        if (isChecked || isOnlyLookedUp(audited, one, name)) return [];
        if (comparedWith(one, (side) => isIdentifier(side, name)).some((side) => isNeverZero(one, side))) return [];
        const line = `require(${name} != address(0), "bad signature");`;
        return [
          {
            node: statement,
            in: one,
            ...(isBefore(one.file, 800) ? {} : { edits: [insertAfter(one.file, statement, line)] }),
          },
        ];
      });
      const direct = conditionsOf(one.node.body).flatMap(({ condition }) => {
        const call = findAll(condition, 'FunctionCall').find(isRecovery);
        if (call === undefined || comparedWith(one, (side) => side === call).some((side) => isNeverZero(one, side)))
          return [];
        return [{ node: call, in: one }];
      });
      return [...named, ...direct];
    }),
};

/** Whether it only says where to look: a list that nobody put the zero address on does not know it. */
function isOnlyLookedUp({ parentOf }: SourceModel, one: FunctionSource, name: string): boolean {
  const uses = findAll(one.node.body, 'Identifier').filter((identifier) => identifier.name === name);
  return (
    uses.length > 0 &&
    uses.every((use) => {
      const above = parentOf(use);
      return above?.type === 'IndexAccess' && above.index === use;
    })
  );
}

const comparedWith = (one: FunctionSource, isMeant: (side: Node) => boolean): Node[] =>
  findAll(one.node.body, 'BinaryOperation').flatMap(({ operator, left, right }) => {
    if (!['==', '!='].includes(operator)) return [];
    return isMeant(left) ? [right] : isMeant(right) ? [left] : [];
  });

/** An address made of a hash, or one that was checked itself. */
function isNeverZero(one: FunctionSource, node: Node): boolean {
  if (node.type !== 'Identifier') return false;
  const names = new Set([node.name]);
  return (
    findAll(one.node.body, 'VariableDeclarationStatement').some(
      ({ variables, initialValue }) =>
        (variables[0] as { name?: string | null } | null)?.name === node.name &&
        contains(initialValue, (inner) => isIdentifier(inner, 'keccak256')),
    ) ||
    conditionsOf(one.node.body).some(
      ({ condition }) => mentions(condition, names) && contains(condition, isZeroAddress),
    )
  );
}
