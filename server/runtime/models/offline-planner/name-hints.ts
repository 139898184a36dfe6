import type { Found } from './found.ts';
import type { Parameter } from './tool-view.ts';
import { tokenise, translateWords } from './tokenise.ts';
import { kindsFor } from './to-argument.ts';

/** Words before a value that name parameters which their own names do not hold. */
const leads: { names: RegExp; words: RegExp }[] = [
  {
    names: /^(?:until|to|end|target|destination)|^(?:to|end)[A-Z_]/,
    words: /(?:\b(?:to|until|till|before|into|by)|到|至|距离?|直到)\s*(?:the\s+)?$/i,
  },
  {
    names: /^(?:from|start|since|source)|^(?:from|start)[A-Z_]/,
    words: /(?:\b(?:from|since|starting(?: on)?)|从|自)\s*(?:the\s+)?$/i,
  },
  { names: /^(?:holder|owner)$/, words: /(?:\b(?:does|do|did|by|has|have)|由|被)\s*$/i },
  { names: /^contract$/, words: /(?:\b(?:tiles?|nfts?|pieces?|collectibles?|collection)(?:\s+of)?|持有|有)\s*$/i },
  { names: /token|contract/i, words: /(?:\b(?:token|contract)(?:\s+(?:at|address))?|代币|合约)\s*(?:地址)?\s*$/i },
];
const generic = new Set(['address', 'hash', 'url', 'date', 'time', 'number', 'valu', 'chain', 'nam']);

/** Whether the words next to a found thing name the parameter: "token 0x…", "until 2026-12-25", "5 results", "size: 512". */
export function isNamedFor(found: Found, parameter: Parameter): boolean {
  if (!kindsFor(parameter).includes(found.kind)) return false;
  const before = found.before ?? '';
  if (/^(?:until|end)/.test(parameter.name) && /^\s*(?:还有|还剩)/.test(found.after ?? '')) return true;
  if (leads.some(({ names, words }) => names.test(parameter.name) && words.test(before))) return true;
  const names = tokenise(parameter.name).filter((name) => !generic.has(name));
  if (names.length === 0) return false;
  const lastWords = /(?:[\p{L}\d_]+[\s:：=是为]*){1,2}$/u.exec(before)?.[0] ?? '';
  const nextWord = found.kind === 'number' ? (/^\s*[\p{L}]+/u.exec(found.after ?? '')?.[0] ?? '') : '';
  const near = [...tokenise(`${lastWords} ${nextWord}`), ...translateWords(lastWords)];
  return names.every((name) => near.includes(name));
}
