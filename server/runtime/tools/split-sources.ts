import type { AuditSource } from '#server/contract/contract-audit.ts';

const fileLine = /^[ \t]*\/\/ ?file: ?(\S{1,200}\.sol)[ \t]*$/gim;

/** Source code as files: each begins with a line such as `// File: src/Bank.sol`; without one it is a single file. */
export function splitSources(code: string): AuditSource[] {
  const marks = [...code.matchAll(fileLine)];
  const files = new Map<string, string>();
  for (const [place, mark] of marks.entries()) {
    const content = code.slice(mark.index + mark[0].length, marks[place + 1]?.index).trim();
    if (content !== '') files.set((mark[1] ?? '').replace(/^\.?\//, ''), `${content}\n`);
  }
  return files.size === 0
    ? [{ path: 'contract.sol', content: code }]
    : [...files].map(([path, content]) => ({ path, content }));
}
