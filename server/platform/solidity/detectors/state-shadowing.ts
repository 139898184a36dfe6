import type { Detector } from '#server/platform/solidity/detector.ts';
import { declarationsOf, findState, listFunctions } from '#server/platform/solidity/source-model.ts';

export const stateShadowing: Detector = {
  id: 'state-shadowing',
  weaknesses: ['SWC-119', 'SCWE-069'],
  severity: 'medium',
  confidence: 'high',
  title: { en: 'Two variables of one name', zh: '同名变量相互遮蔽' },
  why: {
    en: 'Where one hides the other, code reads or writes a different variable from the one that is meant.',
    zh: '一个变量遮蔽另一个时，代码读写的并不是想要的那个。',
  },
  advice: { en: 'Give one of them another name.', zh: '为其中一个改名。' },
  find: (audited) => [
    ...audited.contracts.flatMap((contract) =>
      contract.state.flatMap(({ node }) => {
        const hidden = contract.lineage
          .slice(1)
          .some(({ state }) => state.some((other) => other.node.name === node.name));
        return hidden ? [{ node, in: contract }] : [];
      }),
    ),
    ...listFunctions(audited).flatMap((one) =>
      one.node.isConstructor
        ? []
        : declarationsOf(one)
            .filter(({ name }) => name !== null && name !== '' && findState(one.contract, name) !== null)
            .map((node) => ({ node, in: one, severity: 'low' as const })),
    ),
  ],
};
