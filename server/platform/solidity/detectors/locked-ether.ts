import type { Detector } from '#server/platform/solidity/detector.ts';
import { contains, findAll, nameOfCall, optionOf } from '#server/platform/solidity/syntax.ts';

export const lockedEther: Detector = {
  id: 'locked-ether',
  weaknesses: ['SCWE-078'],
  severity: 'medium',
  confidence: 'high',
  title: { en: 'Coins come in and never out', zh: '币只进不出' },
  why: {
    en: 'The contract takes coins, and none of its functions can send any. They stay for ever.',
    zh: '合约接收币，却没有任何函数能转出，资金将永远锁死。',
  },
  advice: { en: 'Add a way out, or take no coins.', zh: '增加提取方式，或不接收币。' },
  find: ({ contracts }) =>
    contracts.flatMap((contract) => {
      if (contract.node.kind !== 'contract' || contract.missingBases.length > 0) return [];
      const all = contract.lineage.flatMap(({ functions }) => functions);
      const takes = contract.functions.find(
        ({ node }) =>
          node.stateMutability === 'payable' &&
          !node.isConstructor &&
          node.body !== null &&
          !contains(node.body, (part) => part.type === 'RevertStatement'),
      );
      const isBase = contracts.some((other) => other !== contract && other.lineage.includes(contract));
      if (takes === undefined || isBase) return [];
      const gives = all.some(
        ({ node }) =>
          findAll(node.body, 'FunctionCall').some(
            (call) =>
              optionOf(call, 'value') !== null ||
              [
                'delegatecall',
                'callcode',
                'selfdestruct',
                'suicide',
                'sendValue',
                'safeTransferETH',
                'functionCallWithValue',
              ].includes(nameOfCall(call)) ||
              (['transfer', 'send'].includes(nameOfCall(call)) && call.arguments.length === 1),
          ) ||
          findAll(node.body, 'AssemblyCall').some(({ functionName }) =>
            ['call', 'delegatecall', 'selfdestruct'].includes(functionName),
          ),
      );
      return gives ? [] : [{ node: takes.node, in: takes }];
    }),
};
