import type { Detector } from '#server/platform/solidity/detector.ts';
import { listFunctions, typeOf } from '#server/platform/solidity/source-model.ts';
import { contains, findAll, isIdentifier, nameOfCall, type Node } from '#server/platform/solidity/syntax.ts';

const signatureNames = /^_?(?:sig|signature|signatures)$/i;

export const signatureMalleability: Detector = {
  id: 'signature-malleability',
  weaknesses: ['SWC-117', 'SCWE-054'],
  severity: 'high',
  confidence: 'medium',
  title: { en: 'Signatures are told apart by their bytes', zh: '以签名字节区分签名' },
  why: {
    en: 'Of each signature there is a second one that is as valid. Remembering the bytes that were used does not keep the other out.',
    zh: '每个签名都有另一个同样有效的变体，记录已用的字节挡不住它。',
  },
  advice: {
    en: 'Remember the signed message or a nonce, not the signature.',
    zh: '记录被签名的消息或 nonce，而不是签名本身。',
  },
  find: (audited) =>
    listFunctions(audited).flatMap((one) => {
      const isSignature = (node: Node) =>
        node.type === 'Identifier' && signatureNames.test(node.name) && typeOf(audited, one, node) !== null;
      const isHashOfOne = (node: Node) =>
        node.type === 'FunctionCall' &&
        isIdentifier(node.expression, 'keccak256') &&
        (contains(node, isSignature) ||
          ['v', 'r', 's'].every((name) => contains(node, (part) => isIdentifier(part, name))));
      const hashes = findAll(one.node.body, 'VariableDeclarationStatement')
        .filter(({ initialValue }) => initialValue !== null && isHashOfOne(initialValue))
        .flatMap(({ variables }) =>
          (variables as ({ name?: string | null } | null)[]).map((variable) => variable?.name ?? ''),
        );
      const recovers = findAll(one.node.body, 'FunctionCall').some((call) =>
        /recover|isValidSignature/i.test(nameOfCall(call)),
      );
      if (!recovers) return [];
      return findAll(one.node.body, 'IndexAccess')
        .filter(
          ({ index }) =>
            isSignature(index) || isHashOfOne(index) || (index.type === 'Identifier' && hashes.includes(index.name)),
        )
        .slice(0, 1)
        .map((node) => ({ node, in: one }));
    }),
};
