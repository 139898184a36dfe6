import type { SourceOrigin } from '#server/contract/contract-source.ts';

/** The report's own words. */
export const reportWords = {
  en: {
    title: 'Contract audit',
    lines: (count: number) => `${count} lines`,
    scope:
      'Found by reading the source; no person has looked at it. What is not found here may still be there, and each finding wants a person’s judgement.',
    origin: ({ chain, from, compiler }: SourceOrigin) =>
      `Verified source by ${from}, compiled with ${compiler}, on ${chain}:`,
    open: 'What could not be looked at',
    unread: 'No Solidity that can be read:',
    missing: 'An import that was not given:',
    cut: 'There are more findings than are kept.',
    findings: 'Findings',
    nothing: 'None of the detectors found anything. That is no proof that nothing is wrong.',
    columns: ['Id', 'Severity', 'Finding', 'Place'],
    confidence: { high: 'high confidence', medium: 'medium confidence', low: 'low confidence' },
    advice: 'What to do:',
    patch: 'Proposed patch (not compiled)',
    patchCompiles: 'Proposed patch (it compiles)',
    compiler: 'Compiler',
    failed: 'The sources do not compile.',
    bytes: (count: number) => `${count} bytes of code, not optimised`,
    slot: (slot: string, offset: number) => `slot ${slot}, byte ${offset}`,
  },
  zh: {
    title: '合约审计',
    lines: (count: number) => `${count} 行`,
    scope: '以下结果由程序阅读源码得出，未经人工审阅。此处未发现的问题仍可能存在，每项发现都需要人工判断。',
    origin: ({ chain, from, compiler }: SourceOrigin) => `已验证源码来自 ${from}，编译器 ${compiler}，链 ${chain}：`,
    open: '无法检查的内容',
    unread: '无法读取的 Solidity：',
    missing: '未提供的导入：',
    cut: '发现数量超过可保存的上限。',
    findings: '发现',
    nothing: '所有检测器均未发现问题，但这不能证明没有问题。',
    columns: ['编号', '严重程度', '发现', '位置'],
    confidence: { high: '置信度高', medium: '置信度中', low: '置信度低' },
    advice: '建议：',
    patch: '建议补丁（未编译）',
    patchCompiles: '建议补丁（可编译）',
    compiler: '编译器',
    failed: '源码无法编译。',
    bytes: (count: number) => `字节码 ${count} 字节（未优化）`,
    slot: (slot: string, offset: number) => `槽 ${slot}，字节 ${offset}`,
  },
};
