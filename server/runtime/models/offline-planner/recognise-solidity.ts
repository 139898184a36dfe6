import type { Found } from './found.ts';

const beginning =
  /^[ \t]{0,8}(?:\/\/ ?SPDX-License-Identifier|pragma solidity\b|(?:abstract )?contract \w{1,80}[^\n{]{0,300}\{)/m;
/** Behind the words of a question, in the same line. */
const inline =
  /(?<=[:：。.?？!！,，] {0,4})(?:pragma solidity\b|(?:abstract )?contract \w{1,80}(?: is [\w, ]{1,200})? ?\{)/;

/** Solidity that is pasted without a fence: from where it begins to its last bracket. */
export function recogniseSolidity(text: string): Found[] {
  const start = (beginning.exec(text) ?? inline.exec(text))?.index ?? -1;
  const end = text.lastIndexOf('}') + 1;
  if (start === -1 || end <= start) return [];
  const source = text.slice(start, end);
  return [{ kind: 'code', text: source, value: source, language: 'solidity', start, end }];
}
