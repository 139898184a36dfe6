import type { Detector, Hit } from '#server/platform/solidity/detector.ts';
import { type FunctionSource, listFunctions } from '#server/platform/solidity/source-model.ts';
import {
  contains,
  findAll,
  isIdentifier,
  nameOfCall,
  type Node,
  receiverOf,
  rootOf,
} from '#server/platform/solidity/syntax.ts';

const reserves = new Set(['getReserves', 'slot0', 'getAmountOut', 'getAmountsOut', 'get_dy', 'getSpotPrice']);

/** How much of a token another address, a pool, holds. */
const isPoolBalance = (node: Node): boolean =>
  node.type === 'FunctionCall' &&
  nameOfCall(node) === 'balanceOf' &&
  contains(
    node.arguments[0],
    (inner) => inner.type === 'Identifier' && /pair|pool|amm|exchange|reserve/i.test(inner.name),
  ) &&
  !contains(node.arguments[0], (inner) => isIdentifier(inner, 'this'));

/** Whether a price is what a pool holds of one token by what it holds of another, which a gift to it changes too. */
function isOwnBalances(one: FunctionSource): boolean {
  const held = findAll(one.node.body, 'FunctionCall').filter(
    (call) =>
      nameOfCall(call) === 'balanceOf' &&
      contains(call.arguments[0], (inner) => isIdentifier(inner, 'this')) &&
      receiverOf(call) !== null,
  );
  const tokens = new Set(held.flatMap((call) => rootOf(receiverOf(call) ?? call) ?? []));
  const divides = contains(one.node.body, (node) => node.type === 'BinaryOperation' && node.operator === '/');
  return one.isReadOnly && tokens.size > 1 && divides && /price|rate|quote/i.test(one.name);
}

export const spotPriceOracle: Detector = {
  id: 'spot-price-oracle',
  weaknesses: ['SCWE-028', 'SCWE-112'],
  severity: 'high',
  confidence: 'medium',
  title: { en: 'The price of this moment decides', zh: '以瞬时价格为准' },
  why: {
    en: 'A pool’s reserves are set by one large swap or a flash loan, for the length of one transaction.',
    zh: '一笔大额兑换或闪电贷即可在一笔交易内任意改变池子的储备。',
  },
  advice: { en: 'Use an average over time, or a feed of several sources.', zh: '使用时间加权均价，或多来源的喂价。' },
  find: (audited) =>
    listFunctions(audited).flatMap((one): Hit[] => {
      if (/twap|average|consult/i.test(one.name)) return [];
      const calls = findAll(one.node.body, 'FunctionCall').filter(
        (call) => (reserves.has(nameOfCall(call)) && receiverOf(call) !== null) || isPoolBalance(call),
      );
      if (isOwnBalances(one)) return [{ node: one.node, in: one }];
      const [call] = calls;
      const isPair = one.contract.functions.some(({ name }) => name === 'getReserves');
      const isPriced =
        /price|value|worth|collateral|oracle|borrow|liquidat|mint|rate/i.test(one.name) &&
        contains(one.node.body, (node) => node.type === 'BinaryOperation' && ['/', '*'].includes(node.operator));
      const isFollowed = one.node.returnParameters !== null && /price|value|worth|rate/i.test(one.name);
      return call !== undefined && !isPair && (isPriced || isFollowed) ? [{ node: call, in: one }] : [];
    }),
};
