import type { Detector } from '#server/platform/solidity/detector.ts';

export const outdatedCompiler: Detector = {
  id: 'outdated-compiler',
  weaknesses: ['SWC-102', 'SCWE-061'],
  severity: 'low',
  confidence: 'high',
  title: { en: 'An old compiler', zh: '编译器版本过旧' },
  why: {
    en: 'Compilers before 0.8 let arithmetic wrap around, and have known faults that were mended since.',
    zh: '0.8 之前的编译器不检查溢出，且存在后来已修复的已知缺陷。',
  },
  advice: { en: 'Move to a release of 0.8 from this year or the last.', zh: '升级到近一两年发布的 0.8 版本。' },
  find: ({ files }) =>
    files.flatMap((file) =>
      file.compiler === null || file.compiler >= 800
        ? []
        : file.unit.children
            .filter((node) => node.type === 'PragmaDirective' && node.name === 'solidity')
            .map((node) => ({ node, in: file })),
    ),
};
