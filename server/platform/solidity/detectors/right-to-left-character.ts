import type { Detector } from '#server/platform/solidity/detector.ts';

const turning = /[\u202a-\u202e\u2066-\u2069]/g;

export const rightToLeftCharacter: Detector = {
  id: 'right-to-left-character',
  weaknesses: ['SWC-130', 'SCWE-076'],
  severity: 'high',
  confidence: 'high',
  title: { en: 'A character that turns the text around', zh: '含有改变文字方向的字符' },
  why: { en: 'The source reads otherwise than it is compiled.', zh: '源码看上去与实际编译的不同。' },
  advice: { en: 'Remove it, and ask why it was there.', zh: '将其删除，并追查来由。' },
  find: ({ files }) =>
    files.flatMap((file) =>
      [...file.text.matchAll(turning)].map(({ index }) => ({
        node: { ...file.unit, range: [index, index] as [number, number] },
        in: file,
        edits: [{ start: index, end: index + 1, text: '' }],
      })),
    ),
};
