import type { Detector } from '#server/platform/solidity/detector.ts';
import { isBefore, listFunctions } from '#server/platform/solidity/source-model.ts';
import { contains, rootOf, targetsOf } from '#server/platform/solidity/syntax.ts';

export const gasMemoryParameter: Detector = {
  id: 'gas-memory-parameter',
  weaknesses: ['SCWE-082'],
  severity: 'gas',
  confidence: 'high',
  title: { en: 'An input is copied into memory', zh: '输入被复制到内存' },
  why: {
    en: 'A list or text that is only read can stay where the call brought it.',
    zh: '只读的列表或文本可以留在调用数据中。',
  },
  advice: { en: 'Say calldata instead of memory.', zh: '将 memory 改为 calldata。' },
  find: (audited) =>
    listFunctions(audited).flatMap((one) => {
      if (one.node.visibility !== 'external') return [];
      return one.node.parameters.flatMap((node) => {
        if (node.storageLocation !== 'memory' || node.name === null) return [];
        if (contains(one.node.body, (part) => targetsOf(part).some((target) => rootOf(target) === node.name)))
          return [];
        const [start = 0, end = 0] = node.range ?? [];
        const word = start + one.file.text.slice(start, end + 1).lastIndexOf('memory');
        const edits = isBefore(one.file, 800) ? undefined : [{ start: word, end: word + 6, text: 'calldata' }];
        return [{ node, in: one, ...(edits === undefined ? {} : { edits }) }];
      });
    }),
};
