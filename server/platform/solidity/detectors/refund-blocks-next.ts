import type { Detector } from '#server/platform/solidity/detector.ts';
import { toOutgoing } from '#server/platform/solidity/effects.ts';
import { isRestricted } from '#server/platform/solidity/guards.ts';
import { listEntries, stateAt } from '#server/platform/solidity/source-model.ts';
import { contains, findAll, mentionsSender, nameOfCall, type Node, rootOf } from '#server/platform/solidity/syntax.ts';

export const refundBlocksNext: Detector = {
  id: 'refund-blocks-next',
  weaknesses: ['SWC-113', 'SCWE-149'],
  severity: 'medium',
  confidence: 'high',
  title: { en: 'Who is in the place can refuse to be followed', zh: '占位者可以阻止他人接替' },
  why: {
    en: 'The last one has to be paid before the next can come. One that refuses coins keeps the place for ever.',
    zh: '后来者必须先成功付款给前一位；若前一位拒收，其位置便永远保住。',
  },
  advice: {
    en: 'Write down what the last one is owed, and let them collect it.',
    zh: '记下应退金额，由对方自行领取。',
  },
  find: (audited) =>
    listEntries(audited).flatMap((one) => {
      if (isRestricted(one)) return [];
      const taken = new Set(
        findAll(one.node.body, 'BinaryOperation').flatMap(({ operator, left, right }) => {
          const name = rootOf(left);
          return operator === '=' && mentionsSender(right) && left.type === 'Identifier' && stateAt(one, name) !== null
            ? [name]
            : [];
        }),
      );
      return findAll(one.node.body, 'FunctionCall')
        .filter((call) => {
          const outgoing = toOutgoing(audited, one, call);
          if (outgoing === null || outgoing.target === null || !['payment', 'low-level'].includes(outgoing.kind)) {
            return false;
          }
          const name = rootOf(bare(outgoing.target));
          return taken.has(name) && (nameOfCall(call) === 'transfer' || isRequired(one.node.body, call));
        })
        .slice(0, 1)
        .map((node) => ({ node, in: one }));
    }),
};

/** `payable(leader)` is `leader`. */
const bare = (node: Node): Node =>
  node.type === 'FunctionCall' && ['payable', 'address'].includes(nameOfCall(node)) && node.arguments[0]
    ? node.arguments[0]
    : node;

/** Whether nothing goes on where the call fails: required itself, or by the name of its result. */
function isRequired(body: Node | null, call: Node): boolean {
  const results = findAll(body, 'VariableDeclarationStatement')
    .filter(({ initialValue }) => initialValue === call)
    .flatMap(({ variables }) =>
      (variables as ({ name?: string | null } | null)[]).map((variable) => variable?.name ?? ''),
    );
  return findAll(body, 'FunctionCall').some(
    (other) =>
      nameOfCall(other) === 'require' &&
      contains(other, (node) => node === call || (node.type === 'Identifier' && results.includes(node.name))),
  );
}
