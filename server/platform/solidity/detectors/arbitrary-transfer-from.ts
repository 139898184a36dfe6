import type { Detector } from '#server/platform/solidity/detector.ts';
import { isRestricted } from '#server/platform/solidity/guards.ts';
import { isBefore, listEntries, parameterNames } from '#server/platform/solidity/source-model.ts';
import { replaceNode } from '#server/platform/solidity/edit-source.ts';
import { findAll, isIdentifier, nameOfCall, receiverOf } from '#server/platform/solidity/syntax.ts';

export const arbitraryTransferFrom: Detector = {
  id: 'arbitrary-transfer-from',
  weaknesses: ['SCWE-016'],
  severity: 'high',
  confidence: 'high',
  title: { en: 'The caller chooses whose tokens are taken', zh: '调用者可指定从谁那里取走代币' },
  why: {
    en: 'Everybody who ever gave this contract an allowance can be emptied by anybody.',
    zh: '任何曾授权本合约的人，其代币都可能被任何人取走。',
  },
  advice: { en: 'Take tokens from msg.sender only.', zh: '只从 msg.sender 处转出代币。' },
  find: (audited) =>
    listEntries(audited).flatMap((one) => {
      if (isRestricted(one)) return [];
      const given = parameterNames(one);
      return findAll(one.node.body, 'FunctionCall').flatMap((call) => {
        const name = nameOfCall(call);
        const token = receiverOf(call);
        if (!/^(?:safeT|t)ransferFrom$/.test(name) || token === null || isIdentifier(token, 'super')) return [];
        // token.transferFrom(from, to, value), SafeERC20.safeTransferFrom(token, from, to, value)
        const from = call.arguments.at(-3);
        if (from?.type !== 'Identifier' || !given.has(from.name)) return [];
        return [
          { node: call, in: one, ...(isBefore(one.file, 800) ? {} : { edits: [replaceNode(from, 'msg.sender')] }) },
        ];
      });
    }),
};
