import type { Detector, Hit } from '#server/platform/solidity/detector.ts';
import {
  type FunctionSource,
  listFunctions,
  parameterNames,
  type SourceModel,
} from '#server/platform/solidity/source-model.ts';
import {
  contains,
  findAll,
  isGlobal,
  isIdentifier,
  mentions,
  nameOfCall,
  type Node,
} from '#server/platform/solidity/syntax.ts';

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
/** What is read for nothing but chance. */
const isChance = (node: Node): boolean =>
  ['difficulty', 'prevrandao', 'coinbase'].some((member) => isGlobal(node, 'block', member)) ||
  (node.type === 'FunctionCall' && nameOfCall(node) === 'blockhash');
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
      const chances = localsFrom(one, isChance);
      const fromBlock = localsFrom(one, isBlockValue);
      const isOfBlock = (node: Node) => contains(node, isBlockValue) || mentions(node, fromBlock);
      const found = findAll(one.node.body, 'BinaryOperation').filter(
        (node) =>
          node.operator === '%' &&
          (contains(node.left, (inner) => (isHash(inner) && isOfBlock(inner)) || isChance(inner)) ||
            mentions(node.left, chances) ||
            (isGlobal(node.left, 'block', 'number') && isCompared(audited, node))),
      );
      if (found.length > 0) return found.map((node): Hit => ({ node, in: one }));
      // Hashed first, and used for chance in another statement.
      const isNamed = /random|rand|lottery|draw|winner|roll|dice|flip|seed/i.test(one.name);
      const hash = findAll(one.node.body, 'FunctionCall').find((call) => isHash(call) && isOfBlock(call));
      const picks = findAll(one.node.body, 'BinaryOperation').some(({ operator }) => operator === '%');
      const hashed = localsFrom(one, (node) => isHash(node) && isOfBlock(node));
      const guesses = findAll(one.node.body, 'BinaryOperation').some(
        ({ operator, left, right }) =>
          ['==', '!='].includes(operator) &&
          [left, right].some((side) => mentions(side, hashed)) &&
          [left, right].some((side) => mentions(side, parameterNames(one))),
      );
      return hash !== undefined && (isNamed || picks || guesses) ? [{ node: hash, in: one }] : [];
    }),
};

/** The locals that are worked out of something, also by way of others. */
function localsFrom(one: FunctionSource, isSource: (node: Node) => boolean): Set<string> {
  const names = new Set<string>();
  for (const { variables, initialValue } of findAll(one.node.body, 'VariableDeclarationStatement')) {
    if (!contains(initialValue, isSource) && !mentions(initialValue, names)) continue;
    for (const variable of variables as ({ name?: string | null } | null)[]) {
      if (variable?.name) names.add(variable.name);
    }
  }
  return names;
}

/** `(block.number % 2) == 0` draws lots; `block.number - block.number % 10` counts. */
function isCompared(model: SourceModel, node: Node): boolean {
  const above = model.parentOf(node);
  if (above?.type === 'TupleExpression') return isCompared(model, above);
  return above?.type === 'BinaryOperation' && ['==', '!='].includes(above.operator);
}
