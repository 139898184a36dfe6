import type { Detector } from '#server/platform/solidity/detector.ts';
import { toOutgoing } from '#server/platform/solidity/effects.ts';
import { listFunctions } from '#server/platform/solidity/source-model.ts';
import { contains, findAll, nameOfCall, optionOf } from '#server/platform/solidity/syntax.ts';

export const paymentInLoop: Detector = {
  id: 'payment-in-loop',
  weaknesses: ['SWC-113', 'SCWE-149'],
  severity: 'medium',
  confidence: 'medium',
  title: { en: 'One receiver can stop the payments of all', zh: '一个接收者即可阻断所有人的付款' },
  why: {
    en: 'A receiver that refuses coins makes the whole loop revert; nobody is paid.',
    zh: '只要有一个接收者拒收，整个循环就会回滚，所有人都拿不到钱。',
  },
  advice: { en: 'Let each one collect their own (pull instead of push).', zh: '改为由各人自行领取（拉取而非推送）。' },
  find: (audited) =>
    listFunctions(audited).flatMap((one) =>
      [...findAll(one.node.body, 'ForStatement'), ...findAll(one.node.body, 'WhileStatement')].flatMap(({ body }) =>
        findAll(body, 'FunctionCall')
          .filter((call) => {
            const outgoing = toOutgoing(audited, one, call);
            if (outgoing === null) return false;
            if (outgoing.kind === 'payment') return nameOfCall(call) === 'transfer' || isRequired(body, call);
            return (optionOf(call, 'value') !== null && isRequired(body, call)) || nameOfCall(call) === 'sendValue';
          })
          .slice(0, 1)
          .map((node) => ({ node, in: one })),
      ),
    ),
};

/** Whether its failure ends the loop. */
const isRequired = (body: Parameters<typeof findAll>[0], call: object): boolean =>
  findAll(body, 'FunctionCall').some(
    (other) =>
      nameOfCall(other) === 'require' &&
      (contains(other, (node) => node === call) ||
        findAll(body, 'VariableDeclarationStatement').some(
          ({ initialValue, variables }) =>
            initialValue === call &&
            (variables as ({ name?: string | null } | null)[]).some((variable) =>
              contains(other, (node) => node.type === 'Identifier' && node.name === variable?.name),
            ),
        )),
  );
