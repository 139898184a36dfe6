import type { Detector } from '#server/platform/solidity/detector.ts';
import { listFunctions } from '#server/platform/solidity/source-model.ts';
import { findAll, isGlobal, nameOfCall } from '#server/platform/solidity/syntax.ts';

export const noSlippageLimit: Detector = {
  id: 'no-slippage-limit',
  weaknesses: ['SWC-114', 'SCWE-090'],
  severity: 'medium',
  confidence: 'high',
  title: { en: 'A swap that takes any price', zh: '兑换未设置最低所得' },
  why: {
    en: 'With a least amount of zero, others put their trades before and after it and keep the difference.',
    zh: '最低所得为零时，他人可以在其前后夹击交易并赚取差价。',
  },
  advice: {
    en: 'Take the least amount from the caller, and a deadline that is not the block’s own time.',
    zh: '由调用者传入最低所得，并设置不等于当前区块时间的截止时间。',
  },
  find: (audited) =>
    listFunctions(audited).flatMap((one) =>
      findAll(one.node.body, 'FunctionCall').flatMap((call) => {
        if (
          !/^(?:swap|exchange|addLiquidity|removeLiquidity|exactInput)/.test(nameOfCall(call)) ||
          call.expression.type === 'Identifier'
        )
          return [];
        const takesAny =
          call.arguments.some((argument) => argument.type === 'NumberLiteral' && argument.number === '0') &&
          call.arguments.length >= 3;
        const hasNoEnd = call.arguments.some((argument) => isGlobal(argument, 'block', 'timestamp'));
        if (!takesAny) return hasNoEnd ? [{ node: call, in: one, severity: 'low' as const }] : [];
        return [{ node: call, in: one }];
      }),
    ),
};
