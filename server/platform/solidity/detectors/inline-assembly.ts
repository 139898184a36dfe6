import type { Detector } from '#server/platform/solidity/detector.ts';
import { listFunctions } from '#server/platform/solidity/source-model.ts';
import { findAll } from '#server/platform/solidity/syntax.ts';

const harmless = new Set([
  'chainid',
  'extcodesize',
  'extcodehash',
  'gas',
  'returndatasize',
  'mload',
  'add',
  'calldataload',
  'byte',
]);

export const inlineAssembly: Detector = {
  id: 'inline-assembly',
  weaknesses: ['SCWE-039'],
  severity: 'low',
  confidence: 'high',
  title: { en: 'Assembly', zh: '内联汇编' },
  why: {
    en: 'Here the compiler checks neither types nor bounds nor memory. It deserves a reader of its own.',
    zh: '此处编译器不检查类型、边界或内存，需要专人审阅。',
  },
  advice: {
    en: 'Use it only where nothing else does, and say why above it.',
    zh: '仅在别无他法时使用，并在上方说明理由。',
  },
  find: (audited) =>
    listFunctions(audited).flatMap((one) =>
      findAll(one.node.body, 'InlineAssemblyStatement')
        .filter(({ body }) =>
          findAll(body, 'AssemblyCall').some(
            ({ functionName, arguments: given }) => !harmless.has(functionName) && given.length > 0,
          ),
        )
        .map((node) => ({ node, in: one })),
    ),
};
