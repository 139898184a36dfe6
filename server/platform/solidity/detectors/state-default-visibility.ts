import type { Detector } from '#server/platform/solidity/detector.ts';
import { textOf } from '#server/platform/solidity/edit-source.ts';
import { isBefore } from '#server/platform/solidity/source-model.ts';

export const stateDefaultVisibility: Detector = {
  id: 'state-default-visibility',
  weaknesses: ['SWC-108', 'SCWE-068'],
  severity: 'low',
  confidence: 'high',
  title: { en: 'A variable without a word about who sees it', zh: '状态变量未声明可见性' },
  why: { en: 'It is internal then, which a reader may not expect.', zh: '默认为 internal，读者可能不会想到。' },
  advice: { en: 'Say public, internal or private.', zh: '写明 public、internal 或 private。' },
  find: ({ contracts }) =>
    contracts.flatMap((contract) =>
      contract.state
        .filter(({ node }) => node.visibility === 'default')
        .map(({ node }) => {
          const type = node.typeName;
          const end = (type?.range?.[1] ?? 0) + 1;
          const isPlain = type !== null && textOf(contract.file, type).length > 0 && !isBefore(contract.file, 800);
          return { node, in: contract, ...(isPlain ? { edits: [{ start: end, end, text: ' internal' }] } : {}) };
        }),
    ),
};
