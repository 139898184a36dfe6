import type { Detector } from '#server/platform/solidity/detector.ts';
import { listFunctions } from '#server/platform/solidity/source-model.ts';
import { contains, findAll, isIdentifier, nameOfCall, type Node } from '#server/platform/solidity/syntax.ts';

const supply = /^_?(?:totalSupply|totalShares|shareSupply|supply)$/;

const isSupply = (node: Node): boolean =>
  (node.type === 'Identifier' && supply.test(node.name)) ||
  (node.type === 'FunctionCall' && supply.test(nameOfCall(node)));
const isOwnHolding = (node: Node): boolean =>
  (node.type === 'FunctionCall' &&
    nameOfCall(node) === 'balanceOf' &&
    contains(node.arguments[0], (inner) => isIdentifier(inner, 'this'))) ||
  (node.type === 'FunctionCall' && nameOfCall(node) === 'totalAssets') ||
  (node.type === 'MemberAccess' &&
    node.memberName === 'balance' &&
    contains(node.expression, (inner) => isIdentifier(inner, 'this')));

export const firstDepositorInflation: Detector = {
  id: 'first-depositor-inflation',
  weaknesses: ['SCWE-135'],
  severity: 'high',
  confidence: 'medium',
  title: { en: 'The first depositor can take the second’s money', zh: '首位存款人可夺走后来者的存款' },
  why: {
    en: 'Shares follow the balance. Who deposits one unit and then sends tokens makes the next deposit round to no shares.',
    zh: '份额随余额而定：先存入一个单位再直接转入代币，会使下一笔存款的份额被舍入为零。',
  },
  advice: {
    en: 'Count deposits yourself, burn the first shares, or add virtual shares and assets (ERC-4626 of OpenZeppelin).',
    zh: '自行记录存款、销毁首批份额，或加入虚拟份额与资产（如 OpenZeppelin 的 ERC-4626）。',
  },
  find: (audited) =>
    listFunctions(audited).flatMap((one) => {
      if (!/deposit|mint|stake|convertToShares|toShares|previewDeposit|join|addLiquidity/i.test(one.name)) return [];
      const startsEmpty = contains(
        one.node.body,
        (node) =>
          node.type === 'BinaryOperation' &&
          node.operator === '==' &&
          isSupply(node.left) &&
          node.right.type === 'NumberLiteral' &&
          node.right.number === '0',
      );
      const holdings = new Set(
        findAll(one.node.body, 'VariableDeclarationStatement')
          .filter(({ initialValue }) => contains(initialValue, isOwnHolding))
          .flatMap(({ variables }) =>
            (variables as ({ name?: string | null } | null)[]).map((variable) => variable?.name ?? ''),
          ),
      );
      const share = findAll(one.node.body, 'BinaryOperation').find(
        ({ operator, left, right }) =>
          operator === '/' &&
          contains(left, isSupply) &&
          contains(right, (node) => isOwnHolding(node) || (node.type === 'Identifier' && holdings.has(node.name))),
      );
      const isHardened =
        findAll(one.node.body, 'Identifier').some(({ name }) => /MINIMUM|DEAD|VIRTUAL|OFFSET/i.test(name)) ||
        // +1 on both sides are virtual shares and assets.
        (share !== undefined &&
          [share.left, share.right].every((side) =>
            contains(side, (node) => node.type === 'BinaryOperation' && node.operator === '+'),
          ));
      return startsEmpty && share !== undefined && !isHardened ? [{ node: share, in: one }] : [];
    }),
};
