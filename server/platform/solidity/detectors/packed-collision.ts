import type { Detector } from '#server/platform/solidity/detector.ts';
import { replaceNode } from '#server/platform/solidity/edit-source.ts';
import { isBefore, listFunctions, typeOf } from '#server/platform/solidity/source-model.ts';
import { calleeOf, findAll, isIdentifier, nameOfCall, receiverOf } from '#server/platform/solidity/syntax.ts';

export const packedCollision: Detector = {
  id: 'packed-collision',
  weaknesses: ['SWC-133', 'SCWE-074'],
  severity: 'medium',
  confidence: 'high',
  title: { en: 'Different inputs can have one hash', zh: '不同输入可能得到相同哈希' },
  why: {
    en: 'encodePacked puts texts and lists together without a mark between them: ("a", "bc") and ("ab", "c") are the same.',
    zh: 'encodePacked 拼接变长数据时没有分隔：("a", "bc") 与 ("ab", "c") 结果相同。',
  },
  advice: { en: 'Use abi.encode.', zh: '改用 abi.encode。' },
  find: (audited) =>
    listFunctions(audited).flatMap((one) =>
      findAll(one.node.body, 'FunctionCall').flatMap((call) => {
        const receiver = receiverOf(call);
        if (nameOfCall(call) !== 'encodePacked' || !isIdentifier(receiver, 'abi')) return [];
        const hash = audited.parentOf(call);
        if (hash?.type !== 'FunctionCall' || !/^(?:keccak256|sha256)$/.test(nameOfCall(hash))) return [];
        const open = call.arguments.filter((argument) => {
          const type = typeOf(audited, one, argument);
          return (
            (type?.type === 'ElementaryTypeName' && ['string', 'bytes'].includes(type.name)) ||
            (type?.type === 'ArrayTypeName' && type.length === null)
          );
        });
        if (open.length < 2) return [];
        return [
          {
            node: call,
            in: one,
            ...(isBefore(one.file, 800) ? {} : { edits: [replaceNode(calleeOf(call), 'abi.encode')] }),
          },
        ];
      }),
    ),
};
