import type { Detector } from '#server/platform/solidity/detector.ts';
import { replaceNode, textOf } from '#server/platform/solidity/edit-source.ts';
import { type FunctionSource, isBefore, listFunctions } from '#server/platform/solidity/source-model.ts';
import { contains, findAll, isIdentifier, nameOfCall, type Node } from '#server/platform/solidity/syntax.ts';

const isOwnBalance = (node: Node): boolean =>
  (node.type === 'MemberAccess' &&
    node.memberName === 'balance' &&
    // A field of that name is no balance of coins.
    (isIdentifier(node.expression, 'this') ||
      (node.expression.type === 'FunctionCall' && ['address', 'payable'].includes(nameOfCall(node.expression))))) ||
  (node.type === 'FunctionCall' &&
    node.expression.type === 'MemberAccess' &&
    node.expression.memberName === 'balanceOf' &&
    contains(node.arguments[0], (inner) => isIdentifier(inner, 'this')));

/** `uint256 balance = address(this).balance;` */
const isNamed = (one: FunctionSource, node: Node): boolean =>
  node.type === 'Identifier' &&
  findAll(one.node.body, 'VariableDeclarationStatement').some(
    ({ variables, initialValue }) =>
      initialValue !== null &&
      isOwnBalance(initialValue) &&
      (variables[0] as { name?: string | null } | null)?.name === node.name,
  );

export const strictBalance: Detector = {
  id: 'strict-balance',
  weaknesses: ['SWC-132', 'SCWE-075'],
  severity: 'medium',
  confidence: 'high',
  title: { en: 'The balance must be one exact number', zh: '要求余额恰好等于某个数' },
  why: {
    en: 'Anybody can send coins or tokens to the contract, and the condition never holds again.',
    zh: '任何人都能向合约转入币或代币，使条件永远无法成立。',
  },
  advice: {
    en: 'Compare with at least or at most, or count deposits yourself.',
    zh: '改用大于等于或小于等于，或自行记录存入数额。',
  },
  find: (audited) =>
    listFunctions(audited).flatMap((one) =>
      findAll(one.node.body, 'BinaryOperation')
        .filter(
          ({ operator, left, right }) =>
            ['==', '!='].includes(operator) && [left, right].some((side) => isOwnBalance(side) || isNamed(one, side)),
        )
        // Nothing at all is no exact number.
        .filter(
          ({ left, right }) => ![left, right].some((side) => side.type === 'NumberLiteral' && side.number === '0'),
        )
        .map((node) => {
          const isLeft = isOwnBalance(node.left) || isNamed(one, node.left);
          const sign = node.operator === '==' ? (isLeft ? '>=' : '<=') : isLeft ? '<' : '>';
          const text = `${textOf(one.file, node.left)} ${sign} ${textOf(one.file, node.right)}`;
          return { node, in: one, ...(isBefore(one.file, 800) ? {} : { edits: [replaceNode(node, text)] }) };
        }),
    ),
};
