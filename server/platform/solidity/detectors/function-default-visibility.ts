import type { Detector } from '#server/platform/solidity/detector.ts';
import { isBefore, listFunctions } from '#server/platform/solidity/source-model.ts';

export const functionDefaultVisibility: Detector = {
  id: 'function-default-visibility',
  weaknesses: ['SWC-100', 'SCWE-097'],
  severity: 'high',
  confidence: 'high',
  title: { en: 'Public because nothing was said', zh: '未声明可见性，默认公开' },
  why: {
    en: 'Before 0.5 a function without a word for it can be called by everybody.',
    zh: '0.5 之前，未声明可见性的函数任何人都能调用。',
  },
  advice: { en: 'Say external, public, internal or private.', zh: '写明 external、public、internal 或 private。' },
  find: (audited) =>
    listFunctions(audited)
      .filter(
        ({ file, node }) =>
          isBefore(file, 500) && node.visibility === 'default' && !node.isConstructor && !node.isFallback,
      )
      .map((one) => ({ node: one.node, in: one })),
};
