import type { Detector } from '#server/platform/solidity/detector.ts';
import { replaceNode } from '#server/platform/solidity/edit-source.ts';
import { isBefore, listFunctions } from '#server/platform/solidity/source-model.ts';
import { conditionsOf, contains, findAll, isGlobal, nameOfCall, type Node } from '#server/platform/solidity/syntax.ts';

const isOrigin = (node: Parameters<typeof isGlobal>[0]) => isGlobal(node, 'tx', 'origin');

const otherSide = (comparison: Node | null, side: Node): Node | null =>
  comparison?.type !== 'BinaryOperation' ? null : comparison.left === side ? comparison.right : comparison.left;
/** `address(0)`: whether the call is only simulated, not who makes it. */
const isFixedAddress = (node: Node | null): boolean =>
  node?.type === 'FunctionCall' && nameOfCall(node) === 'address' && node.arguments[0]?.type === 'NumberLiteral';

export const txOrigin: Detector = {
  id: 'tx-origin',
  weaknesses: ['SWC-115', 'SCWE-018'],
  severity: 'high',
  confidence: 'high',
  title: { en: 'tx.origin decides who may', zh: '用 tx.origin 判断权限' },
  why: {
    en: 'tx.origin is who signed the transaction. Whoever gets that person to call anything of theirs can act here in their name.',
    zh: 'tx.origin 是交易的签名者。任何人只要诱使其调用自己的合约，就能在此以其名义操作。',
  },
  advice: { en: 'Compare msg.sender instead.', zh: '改用 msg.sender 比较。' },
  find: (audited) => {
    const bodies = [
      ...listFunctions(audited).map((one) => ({ in: one, body: one.node.body, file: one.file })),
      ...audited.contracts.flatMap((contract) =>
        contract.modifiers.map(({ body }) => ({ in: contract, body, file: contract.file })),
      ),
    ];
    return bodies.flatMap(({ in: place, body, file }) =>
      conditionsOf(body).flatMap(({ condition }) => {
        // Comparing both asks whether a contract calls, which is something else.
        if (contains(condition, (node) => isGlobal(node, 'msg', 'sender'))) return [];
        const origin = findAll(condition, 'MemberAccess').find(
          (node) => isOrigin(node) && !isFixedAddress(otherSide(audited.parentOf(node), node)),
        );
        if (origin === undefined) return [];
        return [
          {
            node: origin,
            in: place,
            ...(isBefore(file, 800) ? {} : { edits: [replaceNode(origin, 'msg.sender')] }),
          },
        ];
      }),
    );
  },
};
