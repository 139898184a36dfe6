import type { Detector } from '#server/platform/solidity/detector.ts';

export const secretOnChain: Detector = {
  id: 'secret-on-chain',
  weaknesses: ['SWC-136'],
  severity: 'medium',
  confidence: 'medium',
  title: { en: 'A secret that everybody can read', zh: '人人可读的“秘密”' },
  why: {
    en: 'private keeps other contracts out, not people: all of storage is public.',
    zh: 'private 只限制其他合约；链上存储对所有人公开。',
  },
  advice: {
    en: 'Keep only a salted hash on the chain, or commit and reveal.',
    zh: '链上只存加盐哈希，或采用提交—揭示。',
  },
  find: ({ contracts }) =>
    contracts.flatMap((contract) =>
      contract.state
        .filter(({ node }) => {
          const type = node.typeName;
          const isText =
            type?.type === 'ElementaryTypeName' && /^(?:string|bytes|bytes32|uint\d*|uint256)$/.test(type.name);
          return (
            isText &&
            node.visibility === 'private' &&
            /password|passwd|secret|privateKey|answer|^_?pin$|mnemonic/i.test(node.name ?? '') &&
            !/hash|commit|digest/i.test(node.name ?? '')
          );
        })
        .map(({ node }) => ({ node, in: contract })),
    ),
};
