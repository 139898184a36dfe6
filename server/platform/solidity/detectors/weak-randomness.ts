import type { Detector, Hit } from '#server/platform/solidity/detector.ts';
import { listFunctions } from '#server/platform/solidity/source-model.ts';
import { contains, findAll, isIdentifier, nameOfCall, type Node } from '#server/platform/solidity/syntax.ts';

const members = new Set([
  'timestamp',
  'number',
  'difficulty',
  'prevrandao',
  'coinbase',
  'gaslimit',
  'basefee',
  'blockhash',
]);

const isBlockValue = (node: Node): boolean =>
  (node.type === 'MemberAccess' && isIdentifier(node.expression, 'block') && members.has(node.memberName)) ||
  isIdentifier(node, 'now') ||
  (node.type === 'FunctionCall' && isIdentifier(node.expression, 'blockhash'));
const isChance = (node: Node): boolean =>
  (node.type === 'MemberAccess' &&
    isIdentifier(node.expression, 'block') &&
    ['difficulty', 'prevrandao'].includes(node.memberName)) ||
  (node.type === 'FunctionCall' && ['blockhash'].includes(nameOfCall(node)));
const isHash = (node: Node): boolean =>
  node.type === 'FunctionCall' && /^(?:keccak256|sha256|sha3)$/.test(nameOfCall(node));

export const weakRandomness: Detector = {
  id: 'weak-randomness',
  weaknesses: ['SWC-120', 'SCWE-024'],
  severity: 'high',
  confidence: 'high',
  title: { en: 'Chance comes from the block', zh: '随机数来自区块数据' },
  why: {
    en: 'Whoever proposes the block knows and partly chooses these values, and a contract that calls sees them before it decides.',
    zh: '出块者知道且能部分操纵这些值，调用方合约也能在决定前看到它们。',
  },
  advice: {
    en: 'Use a verifiable source (VRF) or commit and reveal over several blocks.',
    zh: '使用可验证随机源（VRF），或跨区块的提交—揭示方案。',
  },
  find: (audited) =>
    listFunctions(audited).flatMap((one): Hit[] => {
      const found = findAll(one.node.body, 'BinaryOperation').filter(
        ({ operator, left }) =>
          operator === '%' &&
          (contains(left, (node) => isHash(node) && contains(node, isBlockValue)) || contains(left, isChance)),
      );
      if (found.length > 0) return found.map((node): Hit => ({ node, in: one }));
      // Hashed first, and used for chance in another statement.
      const isNamed = /random|rand|lottery|draw|winner|roll|dice|flip|seed/i.test(one.name);
      const hash = findAll(one.node.body, 'FunctionCall').find((call) => isHash(call) && contains(call, isBlockValue));
      const picks = findAll(one.node.body, 'BinaryOperation').some(({ operator }) => operator === '%');
      return hash !== undefined && (isNamed || picks) ? [{ node: hash, in: one }] : [];
    }),
};
