import type { Detector } from '#server/platform/solidity/detector.ts';
import { listFunctions } from '#server/platform/solidity/source-model.ts';
import {
  findAll,
  isGlobal,
  isIdentifier,
  nameOfCall,
  type Node,
  receiverOf,
} from '#server/platform/solidity/syntax.ts';

export const deprecatedFunctions: Detector = {
  id: 'deprecated-functions',
  weaknesses: ['SWC-111', 'SCWE-072'],
  severity: 'low',
  confidence: 'high',
  title: { en: 'Words that the language gave up', zh: '使用了已弃用的语法' },
  why: {
    en: 'suicide, sha3, throw, callcode, block.blockhash, msg.gas and now are gone from the language, some because they were dangerous.',
    zh: 'suicide、sha3、throw、callcode、block.blockhash、msg.gas、now 已被移除，其中一些是因为有危险。',
  },
  advice: {
    en: 'Use selfdestruct, keccak256, revert, delegatecall, blockhash, gasleft and block.timestamp.',
    zh: '改用 selfdestruct、keccak256、revert、delegatecall、blockhash、gasleft、block.timestamp。',
  },
  find: (audited) =>
    listFunctions(audited).flatMap((one) => {
      const found: Node[] = [
        ...findAll(one.node.body, 'ThrowStatement'),
        ...findAll(one.node.body, 'FunctionCall').filter(
          (call) =>
            (['suicide', 'sha3'].includes(nameOfCall(call)) && receiverOf(call) === null) ||
            (nameOfCall(call) === 'callcode' && receiverOf(call) !== null),
        ),
        ...findAll(one.node.body, 'MemberAccess').filter(
          (node) => isGlobal(node, 'block', 'blockhash') || isGlobal(node, 'msg', 'gas'),
        ),
        ...findAll(one.node.body, 'Identifier').filter((node) => isIdentifier(node, 'now')),
      ];
      return found.map((node) => ({ node, in: one }));
    }),
};
