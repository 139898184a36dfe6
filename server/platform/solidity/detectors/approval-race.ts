import type { Detector } from '#server/platform/solidity/detector.ts';
import { type FunctionSource, listEntries, parametersOf, stateAt } from '#server/platform/solidity/source-model.ts';
import {
  conditionsOf,
  findAll,
  isIdentifier,
  isSender,
  mentions,
  type Node,
  rootOf,
} from '#server/platform/solidity/syntax.ts';

const stepwise = /^(?:increase|decrease|safeIncrease|safeDecrease)(?:Allowance|Approval)$/;

/** Such as `allowances[msg.sender][spender]`. */
const isAllowance = (node: Node, one: FunctionSource, spender: string): boolean =>
  node.type === 'IndexAccess' &&
  isIdentifier(node.index, spender) &&
  node.base.type === 'IndexAccess' &&
  isSender(node.base.index) &&
  stateAt(one, rootOf(node)) !== null;

export const approvalRace: Detector = {
  id: 'approval-race',
  weaknesses: ['SWC-114'],
  severity: 'low',
  confidence: 'medium',
  title: { en: 'A changed allowance can be spent twice', zh: '修改授权额度时可能被花费两次' },
  why: {
    en: 'Who is allowed sees the new allowance coming, spends the old one first and the new one afterwards.',
    zh: '被授权者看到新额度的交易后，可先花掉旧额度，再花掉新额度。',
  },
  advice: {
    en: 'Offer functions that raise and lower an allowance, or take the allowance that is expected to be there.',
    zh: '提供增减授权额度的函数，或要求传入预期的当前额度。',
  },
  find: (audited) =>
    listEntries(audited).flatMap((one) => {
      const [spender, amount] = parametersOf(one).map(({ name }) => name);
      if (one.name !== 'approve' || !spender || !amount || parametersOf(one).length !== 2) return [];
      if (one.contract.lineage.some(({ functions }) => functions.some(({ name }) => stepwise.test(name)))) return [];
      const write = findAll(one.node.body, 'BinaryOperation').find(
        ({ operator, left, right }) =>
          operator === '=' && isAllowance(left, one, spender) && isIdentifier(right, amount),
      );
      if (write === undefined) return [];
      const names = new Set([rootOf(write.left) ?? '']);
      // Whoever has to set it to nothing first, or to say what it was, is not surprised.
      const isCompared = conditionsOf(one.node.body).some(({ condition }) => mentions(condition, names));
      return isCompared ? [] : [{ node: write, in: one }];
    }),
};
